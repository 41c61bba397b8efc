// The list of requests, newest first.

import { h, byId } from "./dom.js";
import { dateTime, elapsed, kindOfResult, plural, shortResult, statusKind, timeOfDay } from "./format.js";
import { Filter } from "./query.js";

// A List draws into #list. Rows are links to #<id>, so that they work with the keyboard and the browser's Back.
export class List {
  requests = []; // newest first
  #rows = new Map();
  #selected = "";
  #changed;
  #wanted = null; // the numbers of those that the filter finds; null is all
  #filter = new Filter((wanted) => {
    this.#wanted = wanted;
    this.#show();
  });

  // changed is told why nothing is shown: "empty", "filtered", or "" when something is.
  constructor(changed) {
    this.#changed = changed;
    byId("noise").addEventListener("change", () => this.#show());
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
    if (this.#filter.text) this.#filter.ask(50);
    this.#show();
  }

  // trim drops what the program no longer keeps.
  trim(oldest) {
    const kept = this.requests.filter((request) => request.seq >= oldest);
    for (const request of this.requests.slice(kept.length)) {
      this.#rows.get(request.seq)?.remove();
      this.#rows.delete(request.seq);
    }
    this.requests = kept;
    this.#show();
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
    const time = new Date(request.time);
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
          request.warnings > 0 && !request.warning && h("span", { class: "caution" }, plural(request.warnings, "warning"))),
        h("span", { class: "when" }, h("time", { datetime: request.time, title: `${dateTime(time)}, by the simulator’s clock` }, timeOfDay(time)), h("span", {}, elapsed(request.duration))),
        request.warning && h("span", { class: "notice" }, request.warnings > 1 && h("b", {}, `${plural(request.warnings, "warning")}: `), request.warning)));
  }

  // shown is what the list has now, for a file of the same requests.
  get shown() {
    return { query: this.#filter.accepted, quiet: byId("noise").checked, count: this.requests.filter((request) => this.#isShown(request)).length };
  }

  #isShown(request) {
    return (this.#wanted === null || this.#wanted.has(request.seq)) && !(byId("noise").checked && request.noise);
  }

  #show() {
    let shown = 0;
    for (const request of this.requests) {
      const visible = this.#isShown(request);
      this.#rows.get(request.seq).hidden = !visible;
      if (visible) shown++;
    }
    byId("total").textContent = shown === this.requests.length ? String(shown) : `${shown} of ${this.requests.length}`;
    byId("clear").hidden = byId("open-har").hidden = this.requests.length === 0;
    byId("open-har").disabled = byId("list").hidden = shown === 0;
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
