// What became of the headers: of the viewer's request on its way to the origin, and of the answer on its way back.

import { h } from "./dom.js";
import { cutAndCount, plural, span } from "./format.js";

// headersCard is the section for a journey, which is what /api/headers answers.
export function headersCard(journey, trace) {
  const requests = journey.origins.flatMap((visit) => [visitBlock(visit), visit.answer ? answerOf(visit) : []]).flat();
  return h("section", { class: "facts-card headers", "aria-labelledby": "headers-title" },
    h("h3", { id: "headers-title" }, "Headers"),
    h("div", { class: "ways" },
      h("div", { class: "way" }, answerBlock(journey, trace)),
      h("div", { class: "way" }, requests.length > 0 ? requests : h("p", { class: "hint" }, noOrigin(journey, trace)))));
}

function noOrigin(journey, trace) {
  if (trace.cache.result === "collapsed") return "No request went to an origin for this one: it shared another viewer’s.";
  if (["cache", "error-page"].includes(journey.source)) return "No request went to an origin: the cache had the answer.";
  if (journey.source === "function") return "No request went to an origin: a function answered by itself.";
  return "No request went to an origin.";
}

function answerBlock(journey, trace) {
  if (!journey.source) return h("p", { class: "hint" }, "No viewer waited for an answer: it is a refresh in the background.");
  const origin = journey.origins[journey.origin];
  const from = {
    origin: origin && [h("b", {}, origin.origin), origin.page && ", a custom error page"],
    cache: ["the cache", trace.cache.age >= 1e9 && `, where it was for ${span(trace.cache.age / 1e9)}`],
    "error-page": "the cache, a custom error page",
    function: "a function",
    CloudFront: "CloudFront itself",
  }[journey.source];
  return block("Answer to the viewer", ["From ", from, "."], journey.answer, {
    kept: { origin: "As the origin sent it", cache: "As it was in the cache", "error-page": "As it was in the cache" }[journey.source] ?? "",
    changed: "Changed", added: "Added", dropped: "Did not reach the viewer",
  });
}

function visitBlock(visit) {
  return block(visit.page ? "Request for the error page" : "Request to the origin", [h("code", {}, `${visit.method} ${cutAndCount(visit.target, 160)}`), " to ", h("b", {}, visit.origin), visit.status ? "." : ", which gave no answer."],
    visit.request, { dropped: "Not sent", changed: "Changed", added: "Added", kept: "As the viewer sent it" });
}

function answerOf(visit) {
  return block("Answer of the origin", [h("b", {}, visit.origin), ` answered ${visit.status}.`], visit.answer, { kept: "Passed on", changed: "Changed", added: "Added", dropped: "Not passed on" });
}

const signs = { dropped: "−", changed: "~", added: "+", kept: "" };
const deeds = { dropped: "Taken out", changed: "Changed", added: "Added" };

// block has the rows in groups: those with the same fate for the same reason. words has the fates in the order in which they are shown.
function block(title, lead, rows, words) {
  const order = Object.keys(words);
  const groups = new Map();
  for (const row of rows) {
    const key = JSON.stringify([order.indexOf(row.change), row.by === "CloudFront" ? 1 : 0, row.by ?? "", row.from ?? "", row.why ?? ""]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [h("h4", {}, title, h("span", { class: "number" }, plural(rows.filter((row) => row.change !== "dropped" && !row.name.startsWith("(")).length, "header"))), h("p", { class: "hint lead" }, lead),
    rows.length > 0 && h("div", { class: "diff" }, [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => groupOf(group, words)))];
}

function groupOf(rows, words) {
  const { change, by, from, why } = rows[0];
  const byFunction = by && by !== "CloudFront";
  const head = [byFunction ? `${deeds[change]} by ${by}` : words[change], from && ` after ${from} set it`, why && `: ${why}`];
  return h("div", { class: `group ${change}` },
    (words[change] || byFunction) && h("p", { class: "group-head" }, h("span", { class: "sign", "aria-hidden": "true" }, signs[change]), h("span", {}, head)),
    h("dl", {}, rows.map((row) => h("div", { class: "header" }, h("dt", {}, row.name), h("dd", {}, values(row))))));
}

// long is a value that would fill the window: its beginning, and the whole of it on demand.
function long(value) {
  return h("details", { class: "long" }, h("summary", {}, cutAndCount(value, 160)), cutAndCount(value, 40000));
}

function values(row) {
  const list = (element, all) => (all ?? []).map((value) => h(element, {}, value === "" ? "(empty)" : value.length > 300 ? long(value) : value));
  if (row.change === "kept") return list("span", row.now);
  return [list("del", row.was), list("ins", row.now)];
}
