// What there is to say about one stage: notes, failure, logs, findings, quotas, and for a function the event and what it made of it.

import { eventText, eventURL } from "./api.js";
import { compare } from "./diff.js";
import { h, toast } from "./dom.js";
import { count, cutAndCount, plural } from "./format.js";

export function stageBody(trace, stage, index) {
  return h("div", { class: "stage-body" },
    stage.error && !stage.findings?.some((f) => !f.warning) && h("p", { class: "failure" }, stage.error), // a finding says it better
    stage.notes?.length && h("ul", { class: "notes" }, stage.notes.map((note) => h("li", {}, note))),
    stage.logs?.length && h("div", { class: "raw" }, h("h4", {}, "What the function logged"), h("pre", { tabindex: "0" }, stage.logs.join("\n"))),
    (stage.findings ?? []).map(finding),
    stage.function && functionPart(trace, stage, index),
    limits(stage.limits ?? []));
}

// finding is a breach of CloudFront's rules, with what to do about it.
function finding(f) {
  return h("div", { class: `finding ${f.warning ? "warning" : "refused"}` },
    h("p", { class: "finding-head" }, h("strong", {}, f.warning ? "Warning" : "CloudFront refuses this"), " ", h("code", {}, f.field)),
    f.value && h("p", { class: "value" }, "got ", h("code", {}, f.value)),
    h("p", {}, f.reason),
    f.cure && h("p", { class: "cure" }, h("strong", {}, "Do this: "), f.cure),
    f.page && h("p", { class: "page" }, "On CloudFront’s page: “", f.page, "”"));
}

// limits are the quotas that the stage came near to, in per cent.
function limits(list) {
  if (list.length === 0) return null;
  return h("div", { class: "limits" }, h("h4", {}, "Quotas"), list.map((limit) => {
    const percent = limit.max > 0 ? Math.ceil((limit.used * 100) / limit.max) : 0;
    const bar = h("span", { class: `bar ${percent > 100 ? "bad" : percent >= 80 ? "warn" : "good"}` }, h("span", {}));
    bar.firstChild.style.width = `${Math.min(100, Math.max(percent, limit.used ? 1 : 0))}%`;
    return h("div", { class: "limit", role: "meter", "aria-label": limit.name, "aria-valuemin": 0, "aria-valuemax": limit.max, "aria-valuenow": Math.min(limit.used, limit.max), "aria-valuetext": `${percent} per cent` },
      h("span", { class: "limit-name" }, limit.name), bar, h("span", { class: "limit-used" }, h("strong", {}, `${percent} %`), ` ${count(limit.used)} of ${count(limit.max)}`));
  }));
}

function functionPart(trace, stage, index) {
  if (stage.input === undefined || stage.input === null || stage.input === "") {
    return h("p", { class: "hint" }, "The event is not kept.");
  }
  return [
    h("div", { class: "function-head" }, h("h4", {}, "What the function did", stage.version && h("span", { class: "version" }, ` ${stage.version}`)),
      h("p", { class: "tools" },
        h("button", { type: "button", class: "quiet small", onclick: () => copy(trace.id, index), title: "JSON for edgetest.TestFunction; it holds what the viewer sent" }, "Copy event as test fixture"),
        h("a", { class: "button quiet small", href: eventURL(trace.id, index), download: true }, "Save"))),
    difference(stage),
    raw("The event, whole", stage.input),
    stage.output !== undefined && stage.output !== null && stage.output !== "" && raw("The answer, whole", stage.output),
  ];
}

function difference(stage) {
  if (stage.output === undefined || stage.output === null || stage.output === "") {
    return h("p", { class: "hint" }, "It gave no answer.");
  }
  const { ok, generated, rows } = compare(stage.input, stage.output);
  if (!ok) return h("p", { class: "hint" }, "Its answer is not a JSON object: see it whole below.");
  const changed = rows.filter((row) => row.change !== "same");
  const same = rows.filter((row) => row.change === "same");
  return [
    generated && h("p", { class: "hint" }, "It answered by itself:"),
    changed.length > 0 ? h("div", { class: "diff" }, changed.map(diffRow)) : h("p", { class: "hint" }, "It changed nothing."),
    same.length > 0 && h("details", { class: "same" }, h("summary", {}, `${plural(same.length, "member")} as before`), h("div", { class: "diff" }, same.map(diffRow))),
  ];
}

const marks = { added: ["+", "added"], removed: ["−", "removed"], changed: ["~", "changed"], same: [" ", ""] };

function diffRow(row) {
  const [sign, word] = marks[row.change];
  return h("div", { class: `diff-row ${row.change}` },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h("span", { class: "diff-name" }, word && h("span", { class: "sr" }, `${word}: `), row.name),
    h("span", { class: "diff-value" },
      row.change !== "added" && row.change !== "same" && h("del", {}, show(row.was)),
      row.change === "same" && h("span", {}, show(row.now)),
      (row.change === "added" || row.change === "changed") && h("ins", {}, show(row.now))));
}

const show = (value) => (value === "" ? "(empty)" : cutAndCount(value, 1000));

function raw(title, value) {
  return h("details", { class: "raw" }, h("summary", {}, title), h("pre", { tabindex: "0" }, cutAndCount(typeof value === "string" ? value : JSON.stringify(value, null, 2), 100000)));
}

async function copy(id, index) {
  try {
    await navigator.clipboard.writeText(await eventText(id, index));
    toast("Copied: save it as a .json file for edgetest.TestFunction. It holds what the viewer sent.");
  } catch (error) {
    toast(`Not copied: ${error.message} “Save” writes it to a file.`, true);
  }
}
