// The event model as a picture, wide or tall: viewer, four triggers, cache and origin. One table each says where things are.

import { svg, isNarrow } from "./dom.js";
import { bytes, plural } from "./format.js";
import { wayOf } from "./way.js";

const names = { viewer: "Viewer", cache: "Cache", origin: "Origin", "viewer-request": "viewer-request", "origin-request": "origin-request", "origin-response": "origin-response", "viewer-response": "viewer-response" };

// A box is [x, y, width, height], a label the middle of its two lines of text.
const wide = {
  size: [1000, 180],
  boxes: { viewer: [4, 14, 124, 152], cache: [412, 2, 176, 176], origin: [866, 14, 130, 152], "viewer-request": [180, 20, 180, 58], "viewer-response": [180, 102, 180, 58], "origin-request": [640, 20, 180, 58], "origin-response": [640, 102, 180, 58] },
  labels: { viewer: [66, 90], cache: [508, 90], origin: [938, 90], "viewer-request": [270, 49], "viewer-response": [270, 131], "origin-request": [730, 49], "origin-response": [730, 131] },
  lines: {
    "v-vq": "M128 49H176", "vq-c": "M360 49H408", "c-request": "M412 49H588", "c-oq": "M588 49H636", "oq-o": "M820 49H862",
    "o-turn": "M866 49H872Q882 49 882 59V121Q882 131 872 131H866", "o-or": "M866 131H824", "or-c": "M640 131H592", "c-response": "M588 131H412",
    "c-vr": "M412 131H364", "vr-v": "M180 131H132", "c-turn": "M412 49H416Q426 49 426 59V121Q426 131 416 131H412",
    "vq-back": "M214 78V90H132", "oq-back": "M674 78V90H592",
  },
};
const tall = {
  size: [340, 452],
  boxes: { viewer: [2, 2, 336, 56], cache: [2, 172, 336, 100], origin: [2, 386, 336, 64], "viewer-request": [2, 88, 160, 54], "viewer-response": [178, 88, 160, 54], "origin-request": [2, 302, 160, 54], "origin-response": [178, 302, 160, 54] },
  labels: { viewer: [170, 30], cache: [170, 236], origin: [170, 424], "viewer-request": [82, 115], "viewer-response": [258, 115], "origin-request": [82, 329], "origin-response": [258, 329] },
  lines: {
    "v-vq": "M82 58V84", "vq-c": "M82 142V168", "c-request": "M82 172V272", "c-oq": "M82 272V298", "oq-o": "M82 356V382",
    "o-turn": "M82 386V392Q82 402 92 402H248Q258 402 258 392V386", "o-or": "M258 386V360", "or-c": "M258 302V276", "c-response": "M258 272V172",
    "c-vr": "M258 172V146", "vr-v": "M258 88V62", "c-turn": "M82 172V186Q82 198 94 198H246Q258 198 258 186V172",
    "vq-back": "M144 88V62", "oq-back": "M144 302V276",
  },
};

// Lines inside a box have no arrow.
const inside = new Set(["o-turn", "c-turn", "c-request", "c-response"]);

const arrow = (id) =>
  svg("marker", { id, viewBox: "0 0 10 10", refX: 6, refY: 5, markerWidth: 11, markerHeight: 11, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, svg("path", { d: "M1 1 9 5 1 9z" }));

function drawing(plan) {
  const lines = Object.entries(plan.lines).map(([name, d]) => svg("path", { class: "line", d, "data-line": name, "marker-end": inside.has(name) ? null : "url(#arrow)" }));
  const boxes = Object.entries(plan.boxes).map(([name, [x, y, width, height]]) => {
    const [cx, cy] = plan.labels[name];
    return svg("g", { class: `node ${name.includes("-") ? "trigger" : "place"}`, "data-node": name },
      svg("rect", { x, y, width, height, rx: 12 }),
      svg("text", { class: "name", x: cx, y: cy - 4 }, names[name]),
      svg("text", { class: "more", x: cx, y: cy + 16, "data-more": name }, ""));
  });
  const isInside = (line) => inside.has(line.dataset.line);
  return svg("svg", { viewBox: `0 0 ${plan.size.join(" ")}`, role: "img", "aria-labelledby": "model-title caption" },
    svg("defs", {}, arrow("arrow"), arrow("arrow-on"), arrow("arrow-failed")),
    lines.filter((line) => !isInside(line)), boxes, lines.filter(isInside));
}

// A Diagram draws into an element. show lights a way up until the next one; pulse does so for a moment.
export class Diagram {
  #element;
  #root;
  #request = null;
  #stats = null;
  #timers = new Map();

  constructor(element) {
    this.#element = element;
    isNarrow.addEventListener("change", () => this.#draw());
    this.#draw();
  }

  #draw() {
    this.#root = drawing(isNarrow.matches ? tall : wide);
    this.#element.replaceChildren(this.#root);
    this.show(this.#request);
    if (this.#stats) this.count(this.#stats);
  }

  show(request) {
    this.#request = request;
    const way = request ? wayOf(request.stages) : { nodes: new Set(), failed: new Set(), lines: new Set() };
    for (const node of this.#root.querySelectorAll(".node")) {
      const name = node.dataset.node;
      node.classList.toggle("on", way.nodes.has(name));
      node.classList.toggle("failed", way.failed.has(name));
    }
    for (const line of this.#root.querySelectorAll(".line")) {
      const on = way.lines.has(line.dataset.line);
      line.classList.toggle("on", on);
      if (line.hasAttribute("marker-end")) line.setAttribute("marker-end", on ? "url(#arrow-on)" : "url(#arrow)");
    }
  }

  pulse(request) {
    const way = wayOf(request.stages);
    for (const part of this.#root.querySelectorAll(".line, .node")) {
      if (!way.lines.has(part.dataset.line) && !way.nodes.has(part.dataset.node)) continue;
      part.classList.add("live");
      clearTimeout(this.#timers.get(part));
      this.#timers.set(part, setTimeout(() => { part.classList.remove("live"); this.#timers.delete(part); }, 1500));
    }
  }

  count(stats) {
    this.#stats = stats;
    const more = { cache: plural(stats.objects, "object") + (stats.objects ? `, ${bytes(stats.bytes)}` : ""), origin: plural(stats.misses, "answer"), viewer: plural(stats.requests, "request") };
    for (const trigger of Object.keys(names).filter((name) => name.includes("-"))) more[trigger] = plural(stats.runs[trigger] ?? 0, "run");
    for (const text of this.#root.querySelectorAll("[data-more]")) text.textContent = more[text.dataset.more];
    for (const node of this.#root.querySelectorAll(".trigger")) node.classList.toggle("never", !stats.runs[node.dataset.node]);
  }
}
