// Elements from names, attributes and children. Strings become text nodes, never markup: what viewers send is shown as it is.

const svgSpace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// h("p", {class: "note"}, "text", child, ...) is an HTML element; an attribute "onclick" is a listener.
export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

// svg is the same for SVG.
export const svg = (name, attributes, ...children) => fill(document.createElementNS(svgSpace, name), attributes, children);

export const byId = (id) => document.getElementById(id);

export const isNarrow = window.matchMedia("(max-width: 47.5rem)");

// toast says in passing what happened.
let hide;
export function toast(text, bad = false) {
  const element = byId("toast");
  element.textContent = text;
  element.dataset.bad = bad;
  element.classList.add("shown");
  clearTimeout(hide);
  hide = setTimeout(() => element.classList.remove("shown"), bad ? 8000 : 4000);
}
