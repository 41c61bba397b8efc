// The list of requests, newest first.

import { h, byId } from "./dom.js";
import { elapsed, kindOfResult, plural, shortResult, statusKind } from "./format.js";

// What browsers ask for by themselves.
const noise = [/^\/favicon\.(ico|svg|png)$/, /^\/apple-touch-icon/, /^\/\.well-known\/appspecific\//, /^\/(robots\.txt|browserconfig\.xml)$/];
const isNoise = (request) => noise.some((pattern) => pattern.test(request.target.split("?")[0]));

// A List draws into #list. Rows are links to #<id>, so that they work with the keyboard and the browser's Back.
export class List {
  requests = []; // newest first
  #rows = new Map();
  #selected = "";
  #changed;

  // changed is told why nothing is shown: "empty", "filtered", or "" when something is.
  constructor(changed) {
    this.#changed = changed;
    byId("filter").addEventListener("input", () => this.#filter());
    byId("noise").addEventListener("change", () => this.#filter());
    byId("list").addEventListener("keydown", (event) => this.#move(event));
    document.addEventListener("keydown", (event) => {
      const busy = event.target.closest?.("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey;
      if (event.key === "/" && !busy) {
        event.preventDefault();
        byId("filter").focus();
      }
    });
  }

  add(newer) {
    this.requests = [...newer, ...this.requests];
    const rows = newer.map((request) => {
      const row = this.#row(request);
      this.#rows.set(request.seq, row);
      return row;
    });
    byId("list").prepend(...rows);
    this.#filter();
  }

  // trim drops what the program no longer keeps.
  trim(oldest) {
    const kept = this.requests.filter((request) => request.seq >= oldest);
    for (const request of this.requests.slice(kept.length)) {
      this.#rows.get(request.seq)?.remove();
      this.#rows.delete(request.seq);
    }
    this.requests = kept;
    this.#filter();
  }

  select(id) {
    this.#selected = id;
    for (const link of byId("list").querySelectorAll("a")) {
      const current = link.dataset.id === id;
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  // focus goes back to the row of a request, for those who come back from its details.
  focus(id) {
    [...byId("list").querySelectorAll("a")].find((link) => link.dataset.id === id)?.focus();
  }

  #row(request) {
    const [path, query] = split(request.target);
    const functions = request.functions ? plural(request.functions, "function") : request.saved ? `${plural(request.saved, "run")} saved` : "";
    return h("li", {},
      h("a", { href: `#${encodeURIComponent(request.id)}`, "data-id": request.id, "aria-current": request.id === this.#selected ? "true" : null },
        h("span", { class: "what" },
          h("span", { class: "verb" }, request.method), " ",
          h("span", { class: "path" }, path, query && h("span", { class: "query" }, query))),
        h("span", { class: `status ${statusKind(request.status)}` }, String(request.status || "–")),
        h("span", { class: "facts" },
          h("span", { class: `result ${kindOfResult(request.result)}` }, shortResult(request.result)),
          functions && h("span", {}, functions),
          request.background && h("span", {}, "in the background"),
          request.warnings > 0 && h("span", { class: "caution" }, plural(request.warnings, "warning"))),
        h("span", { class: "when" }, elapsed(request.duration))));
  }

  #filter() {
    const words = byId("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const quiet = byId("noise").checked;
    let shown = 0;
    for (const request of this.requests) {
      const text = `${request.method} ${request.target} ${request.status} ${request.result} ${request.cache ?? ""} ${request.problem ? "error" : ""}`.toLowerCase();
      const visible = words.every((word) => text.includes(word)) && !(quiet && isNoise(request));
      this.#rows.get(request.seq).hidden = !visible;
      if (visible) shown++;
    }
    byId("total").textContent = shown === this.requests.length ? String(shown) : `${shown} of ${this.requests.length}`;
    byId("clear").hidden = this.requests.length === 0;
    this.#changed(shown > 0 ? "" : this.requests.length ? "filtered" : "empty");
  }

  // Arrows go from row to row.
  #move(event) {
    const links = [...byId("list").querySelectorAll("li:not([hidden]) a")];
    const at = links.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    links[to]?.focus();
  }
}

const split = (target) => {
  const at = target.indexOf("?");
  return at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at)];
};
