// One request: what came of it, its stages as a waterfall, and what the cache did.

import { h } from "./dom.js";
import { bytes, cut, dateTime, elapsed, kindOfResult, plural, shortResult, span, statusKind, timeOfDay } from "./format.js";
import { headersCard } from "./headers.js";
import { stageBody } from "./stage.js";
import { forErrorPage } from "./way.js";

// detail is the whole view; journey is what became of the headers. act has the functions behind the buttons: replay, edit, curl, invalidate,
// advance. now is the simulator's clock.
export function detail(trace, journey, act, now) {
  return [
    h("p", { class: "back" }, h("a", { href: "#" }, "← All requests")),
    head(trace, act),
    trace.reason && h("p", { class: "failure" }, h("strong", {}, "Why: "), trace.reason),
    (trace.warnings ?? []).map((text) => h("p", { class: "finding warning" }, h("strong", {}, "Warning: "), text)),
    ...(trace.stages.some((stage) => stage.error) ? [waterfall(trace), headersCard(journey, trace)] : [headersCard(journey, trace), waterfall(trace)]),
    cacheCard(trace, act, now),
    viewerCard(trace),
  ];
}

function head(trace, act) {
  const path = trace.viewer.target.split("?")[0];
  return h("header", { class: "detail-head" },
    h("h2", { id: "detail-title" }, h("span", { class: "verb" }, trace.viewer.method), " ", h("span", { class: "path" }, cut(trace.viewer.target, 300))),
    h("p", { class: "badges" },
      h("span", { class: `status ${statusKind(trace.status)}` }, String(trace.status || "–")),
      h("span", { class: `result ${kindOfResult(trace.result)}` }, shortResult(trace.result)),
      h("time", { datetime: trace.time }, timeOfDay(new Date(trace.time))),
      h("span", {}, elapsed(trace.duration)),
      h("span", {}, bytes(trace.bytes)),
      h("span", {}, `${plural(trace.functions, "function")} ran`),
      trace.cache.saved > 0 && h("span", { class: "saved" }, `${plural(trace.cache.saved, "run")} saved by the cache`),
      trace.behavior && h("span", {}, "behaviour ", h("code", {}, trace.behavior)),
      trace.background && h("span", {}, "in the background")),
    h("p", { class: "tools" },
      h("button", { type: "button", id: "replay", onclick: () => act.replay(trace) }, "Replay"),
      h("button", { type: "button", class: "quiet", onclick: () => act.edit(trace) }, "Edit and send"),
      h("button", { type: "button", class: "quiet", id: "copy-curl", title: "A command for a POSIX shell; it holds what the viewer sent", onclick: () => act.curl(trace) }, "Copy as curl"),
      h("button", { type: "button", class: "quiet", onclick: () => act.invalidate(path) }, "Invalidate this path")));
}

// In a stage's place of the event model: which colour its bar has.
const colours = { viewer: "edge", reply: "edge", cache: "cache", store: "cache", "error-page": "cache", origin: "origin" };

function waterfall(trace) {
  const page = forErrorPage(trace.stages);
  const stages = trace.stages.map((stage, index) => ({ stage, index, page: page[index] })).sort((a, b) => a.stage.start - b.stage.start || b.stage.duration - a.stage.duration);
  const whole = Math.max(trace.duration, ...stages.map(({ stage }) => stage.start + stage.duration), 1);
  return h("section", { class: "waterfall", "aria-labelledby": "waterfall-title" },
    h("div", { class: "waterfall-head" }, h("h3", { id: "waterfall-title" }, "Stages"),
      h("span", { class: "axis", "aria-hidden": "true" }, h("span", {}, "0"), h("span", {}, elapsed(whole / 2)), h("span", {}, elapsed(whole)))),
    stages.map((entry) => row(trace, entry, whole)));
}

function row(trace, { stage, index, page }, whole) {
  const bar = h("span", { class: `span ${stage.error ? "bad" : colours[stage.name] ?? "function"}` });
  bar.style.insetInlineStart = `min(${(stage.start / whole) * 100}%, calc(100% - 3px))`; // a bar has 3 pixels at least, and ends on the track
  bar.style.inlineSize = `${(stage.duration / whole) * 100}%`;
  const warnings = (stage.findings ?? []).filter((f) => f.warning).length;
  return h("details", { class: `stage ${stage.error ? "failed" : ""}`, "data-stage": stage.name, open: Boolean(stage.error) },
    h("summary", {},
      h("span", { class: "stage-name" }, stage.name, stage.function && stage.function !== stage.name && h("span", { class: "function-name" }, stage.function), page && h("span", { class: "function-name" }, "for the error page")),
      h("span", { class: "track", "aria-hidden": "true" }, bar),
      h("span", { class: "stage-time" }, elapsed(stage.duration)),
      h("span", { class: "stage-note" }, stage.error ? h("span", { class: "error" }, stage.error) : (stage.notes ?? []).join(" · "), warnings > 0 && h("span", { class: "caution" }, ` ${plural(warnings, "warning")}`))),
    stageBody(trace, stage, index));
}

const outcomes = { hit: "Hit", miss: "Miss", stale: "Stale", refresh: "Confirmed by the origin", bypass: "Bypassed", collapsed: "Shared with another viewer" };

function cacheCard(trace, act, now) {
  const c = trace.cache;
  if (!c.result) {
    return h("section", { class: "facts-card" }, h("h3", {}, "Cache"), h("p", { class: "hint" }, "The request never came to the cache."));
  }
  const seconds = c.ttl ? c.ttl / 1e9 : 0;
  const expires = c.expires ? new Date(c.expires) : null;
  const left = expires ? (expires - now) / 1000 : 0;
  const facts = [
    ["Result", [outcomes[c.result] ?? c.result, c.reason && `: ${c.reason}`]],
    ["TTL rule", c.rule],
    ["Lifetime", c.rule && (seconds > 0 ? span(seconds) : "0 s")],
    ["Fresh until", expires && [dateTime(expires), " ", h("span", { class: "muted" }, left > 0 ? `(${span(left)} left)` : `(${span(left)} ago)`),
      left > 0 && h("button", { type: "button", class: "link", onclick: () => act.advance(Math.ceil(left) + 1) }, "Advance the clock past it")]],
    ["Age", c.age > 0 && span(c.age / 1e9)],
    ["Stored", c.stored ? "yes" : ["hit", "collapsed"].includes(c.result) ? null : "no"],
    ["Function runs saved", c.saved > 0 && String(c.saved)],
    ["Made room", c.evicted > 0 && `${plural(c.evicted, "older object")} had to go`],
    ["Cache policy", c.policy],
  ];
  return h("section", { class: "facts-card", "aria-labelledby": "cache-title" }, h("h3", { id: "cache-title" }, "Cache"),
    h("dl", { class: "facts-list" }, facts.filter(([, value]) => value).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    c.parts?.length > 0 && [h("h4", {}, "Cache key"), h("dl", { class: "facts-list key" }, c.parts.map((part) => [h("dt", {}, part.name), h("dd", {}, part.value || "(empty)")]))]);
}

function viewerCard(trace) {
  const v = trace.viewer;
  const rows = Object.entries(v.header ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, values]) => values.map((value) => [name, value]));
  return h("section", { class: "facts-card" },
    h("details", { class: "raw" }, h("summary", {}, "The viewer’s request"),
      h("dl", { class: "facts-list key" },
        [["target", v.target], ["host", v.host], ["from", `${v.client}, ${v.proto}`], ["at", dateTime(new Date(trace.time))], ["request id", trace.id], ...rows].map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))));
}
