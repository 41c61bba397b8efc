// The form on the pages that come after the first one: it has the name that was asked for, so that a reader can mend it.
// Below it is a link to the console, where there is one.
import { consoleURL } from "./config.js";

// username is the name in the address of this page, "" if there is none.
export const username = new URLSearchParams(location.search).get("username")?.trim() ?? "";

function consoleLink() {
  const link = document.createElement("a");
  link.href = consoleURL;
  link.rel = "noreferrer";
  link.textContent = "See the requests in the console";
  const line = document.createElement("p");
  line.id = "console";
  line.append(link);
  return line;
}

const form = document.querySelector("form");
form.elements.username.value = username;
if (consoleURL !== "") form.after(consoleLink());
