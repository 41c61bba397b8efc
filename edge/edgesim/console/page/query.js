// The filter: what is typed goes to the program, which knows the headers and functions of each request.

import { find } from "./api.js";
import { byId, h } from "./dom.js";

const fields = [
  ["function:auth", "a function with that in its name ran"],
  ["trigger:origin-request", "a function of that trigger ran"],
  ["behavior:/api/*", "the behaviour with that path pattern"],
  ["header:set-cookie", "any header of that name, of the viewer, to or from an origin, or in the answer"],
  ["header:cookie=session", "one with that in its value"],
  ["status:404", "a status; 4xx for all of a kind"],
  ["method:POST", "a method"],
  ["path:/users", "with that in its path or query string"],
  ["result:miss", "what the cache said"],
  ["is:warning", "or is:error, is:background"],
];

// A Filter asks which requests are wanted. changed is told the set of their numbers, or null for all.
export class Filter {
  #input = byId("filter");
  #problem = byId("filter-problem");
  #changed;
  #timer;
  #asked = 0;
  accepted = ""; // the newest query that was understood

  constructor(changed) {
    this.#changed = changed;
    this.#input.addEventListener("input", () => this.ask(150));
    byId("terms").append(...fields.map(([term, means]) => this.#help(term, means)));
  }

  get text() {
    return this.#input.value.trim();
  }

  // ask asks after a while, so that neither a fast typist nor many requests at once are a burden.
  ask(wait) {
    if (this.text === "") {
      this.#asked++;
      this.#accept("", null);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#now(), wait);
  }

  async #now() {
    const number = ++this.#asked;
    try {
      const query = this.text;
      const found = new Set((await find(query)).found);
      if (number === this.#asked) this.#accept(query, found); // else something else is wanted by now
    } catch (error) {
      if (number === this.#asked) this.#say(error.message.replaceAll("console: ", ""));
    }
  }

  #accept(query, found) {
    this.#say("");
    this.accepted = query;
    this.#changed(found);
  }

  #say(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = text === "";
    this.#input.setAttribute("aria-invalid", text !== "");
  }

  // help is a term to press and what it means.
  #help(term, means) {
    const insert = () => {
      this.#input.value = `${this.text} ${term}`.trim();
      this.#input.focus();
      this.ask(0);
    };
    return h("li", {}, h("button", { type: "button", class: "link term", onclick: insert }, term), ` ${means}`);
  }
}
