// The console: live messages in, the diagram, the list and one request's details out.

import { call, headers, listen, trace as fetchTrace } from "./api.js";
import { curl } from "./curl.js";
import { detail } from "./detail.js";
import { Diagram } from "./diagram.js";
import { advance, dialogs, invalidate } from "./dialogs.js";
import { byId, h, toast } from "./dom.js";
import { bytes, count, cut, dateOnly, timeOfDay } from "./format.js";
import { List } from "./list.js";
import { inWords } from "./way.js";

const list = new List(empty);
const diagram = new Diagram(byId("diagram"));
let ahead = 0; // of the simulator's clock, in milliseconds
let site = ""; // where the simulator listens
let last = ""; // id of the request that was shown before
const now = () => new Date(Date.now() + ahead);
const selected = () => decodeURIComponent(location.hash.slice(1));

const quietly = (work) => async (...args) => {
  try {
    await work(...args);
  } catch (error) {
    toast(error.message, true);
  }
};

const act = {
  replay: quietly(async (trace) => {
    const done = await call("replay", { id: trace.id });
    location.hash = encodeURIComponent(done.id);
    toast(`Replayed: ${done.status}, ${done.result}.`);
  }),
  edit: (trace) => windows.edit(trace.viewer),
  curl: quietly(async (trace) => {
    await navigator.clipboard.writeText(curl(trace.viewer, site));
    const bodyless = ["GET", "HEAD"].includes(trace.viewer.method);
    toast(`Copied: a command for curl. It holds what the viewer sent.${bodyless ? "" : " The body is not kept: add it with --data-binary."}`);
  }),
  invalidate: quietly(async (path) => toast(await invalidate([path]))),
  advance: quietly(async (seconds) => toast(await advance(seconds))),
};
const windows = dialogs({ sent: (id) => { location.hash = encodeURIComponent(id); }, now, shown: () => list.shown });

// show draws the selected request, or a hint.
async function show() {
  const id = selected();
  list.select(id);
  document.body.dataset.view = id ? "detail" : "list";
  light();
  const element = byId("detail");
  if (!id) {
    element.replaceChildren(h("div", { class: "empty" }, h("p", { class: "empty-title" }, "Choose a request"), h("p", {}, "What became of its headers, its stages, what each function made of it, and what the cache did are shown here.")));
    if (last) list.focus(last);
    last = "";
    return;
  }
  last = id;
  const focused = element.contains(document.activeElement) ? document.activeElement.id : null;
  let content;
  try {
    const [trace, journey] = await Promise.all([fetchTrace(id), headers(id)]);
    content = detail(trace, journey, act, now());
  } catch (error) {
    content = [h("p", { class: "back" }, h("a", { href: "#" }, "← All requests")),
      h("div", { class: "empty" }, h("p", { class: "empty-title" }, "This request cannot be shown"), h("p", {}, error.message))];
  }
  if (id !== selected()) return; // another one was chosen in the meantime
  element.replaceChildren(...content.flat().filter(Boolean));
  keepFocus(element, focused);
}

// keepFocus is for those who use the keyboard: the button that was pressed has its focus again, and where the details took the place of the
// list they have it. focused is an id, or null when the focus is elsewhere.
function keepFocus(element, focused) {
  const listShown = byId("list").checkVisibility();
  if (focused !== null) (byId(focused) ?? element).focus({ preventScroll: true });
  else if (!listShown) element.focus({ preventScroll: true });
  if (!listShown) element.scrollIntoView();
}

// light shows the way of the selected request, or of the newest.
function light() {
  const request = list.requests.find((candidate) => candidate.id === selected()) ?? (selected() ? null : list.requests[0]);
  diagram.show(request ?? null);
  byId("caption").replaceChildren(...(request ? [h("span", { class: "path" }, cut(`${request.method} ${request.target.split("?")[0]}`, 80)), `: ${inWords(request)}.`] : ["A request lights up its way from the viewer to the origin and back."]));
}

function requests(newer) {
  list.add(newer);
  light();
  if (newer.length < 20) newer.forEach((request) => diagram.pulse(request));
}

function state(message) {
  ahead = new Date(message.now) - Date.now();
  tick();
  byId("domain").textContent = message.domain;
  site = message.site ?? "";
  const stats = message.stats;
  diagram.count(stats);
  const runs = Object.values(stats.runs).reduce((sum, n) => sum + n, 0);
  const facts = [["Requests", count(stats.requests)], ["Hits", [count(stats.hits), stats.requests > 0 && h("small", {}, ` ${Math.round((stats.hits * 100) / stats.requests)} % of requests`)]], ["Origin asked", count(stats.misses)],
    ["Function runs", count(runs)], ["Runs saved by the cache", count(stats.saved)], ["In the cache", [bytes(stats.bytes), h("small", {}, ` of ${bytes(stats.limit)}`)]]];
  byId("counts").replaceChildren(...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
  list.trim(message.oldest);
  light();
}

// empty says why there is nothing in the list.
function empty(why) {
  const element = byId("none");
  element.hidden = why === "";
  const says = why + site;
  if (element.hidden || element.dataset.says === says) return;
  element.dataset.says = says;
  element.replaceChildren(...(why === "filtered"
    ? [h("p", { class: "empty-title" }, "Nothing matches"), h("p", {}, "Change the filter to see the other requests.")]
    : [h("p", { class: "empty-title" }, "No requests yet"),
      h("p", {}, site ? ["Open ", h("a", { href: site, target: "_blank", rel: "noopener" }, site.replace("http://", "")), " in another tab, and they appear here."] : "Ask the simulator for something, and it appears here."),
      h("p", {}, h("button", { type: "button", class: "quiet", onclick: () => windows.openSend() }, "Send one from here"))]));
}

// connected is told when the stream begins, which then brings all that is kept, and when it breaks.
function connected(yes) {
  if (yes) list.trim(Infinity);
  byId("live").textContent = yes ? "Live" : "Waiting";
  byId("live").dataset.state = yes ? "live" : "lost";
  byId("lost").hidden = yes;
}

function tick() {
  const time = now();
  byId("clock-date").textContent = `${dateOnly(time)}, `;
  byId("clock-time").textContent = timeOfDay(time);
}

byId("to-model").addEventListener("click", () => {
  byId("model").scrollIntoView({ behavior: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  byId("model").focus({ preventScroll: true });
});
byId("clear").addEventListener("click", quietly(async () => {
  await call("clear", {});
  location.hash = "";
}));
window.addEventListener("hashchange", show);
setInterval(tick, 1000);
show();
listen({ requests, state, connected });
