// Asks the GitHub API for the user named in this page's query string and shows the answer.
// Everything that comes from the address or from GitHub is text here: it reaches the page through
// textContent and never as HTML, and it becomes a link only if it is an http or https address.
import { githubAPI } from "./config.js";
import { username } from "./form.js";

const patience = 15_000; // milliseconds
const longest = 80; // characters of a name that are shown; GitHub's own names have 39 at most

// show takes the page from the first word ("asking") to the last (the user, or why there is none).
async function show(username) {
  if (username === "") {
    say("No username", "The address of this page names no user. Type a name below.");
    return;
  }
  heading(shortened(username));
  say("Asking GitHub …", `Looking for “${shortened(username)}”.`, "busy");
  try {
    present(await ask(username));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    say(problem.title, problem.message, "problem");
  }
}

// A Problem is an answer without a user, in words for a reader.
class Problem extends Error {
  constructor(title, message) {
    super(message);
    this.title = title;
  }
}

// ask returns the user as GitHub's API describes it, or throws a Problem.
async function ask(username) {
  const address = userAddress(username);
  if (address === null) throw unknownUser(username);
  let response;
  let user;
  try {
    response = await fetch(address, {
      headers: { Accept: "application/vnd.github+json" },
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(patience),
    });
    user = await response.json().catch(ignoreSyntax);
  } catch {
    throw new Problem("GitHub could not be reached",
      `No answer came from ${githubAPI}. Is this computer online? Load this page again to try once more.`);
  }
  if (response.status === 404) throw unknownUser(username);
  if (isRateLimit(response)) throw rateLimit(response);
  if (!response.ok || typeof user?.login !== "string") {
    throw new Problem("GitHub gave no user", `It answered with status ${response.status}${user?.message ? `: ${user.message}` : ""}.`);
  }
  return user;
}

// userAddress returns the user's address in the API, or null for a name that cannot be one: "." and
// ".." are steps in a path, whether encoded or not, and would ask for something else.
function userAddress(username) {
  const users = `${githubAPI}/users/`;
  const address = new URL(users + encodeURIComponent(username)).href;
  return address.startsWith(users) && address.length > users.length ? address : null;
}

// ignoreSyntax lets an answer that is not JSON go on without a body, so that its status is told.
function ignoreSyntax(error) {
  if (error instanceof SyntaxError) return null;
  throw error;
}

function unknownUser(username) {
  return new Problem("Unknown user", `GitHub has no user with the name “${shortened(username)}”.`);
}

// isRateLimit follows GitHub's "Rate limits for the REST API": status 403 or 429, and either no
// request left or a time to wait.
function isRateLimit({ status, headers }) {
  if (status === 429) return true;
  return status === 403 && (headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after"));
}

function rateLimit({ headers }) {
  const seconds = headers.has("retry-after")
    ? Date.now() / 1000 + Number(headers.get("retry-after"))
    : Number(headers.get("x-ratelimit-reset"));
  const when = new Date(seconds * 1000);
  const wait = seconds > 0 && !Number.isNaN(when.getTime())
    ? `Try again after ${when.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" })}.`
    : "Please try again later.";
  return new Problem("Too many requests", `GitHub’s rate limit for this network address is used up. ${wait}`);
}

// say puts a few words in the place of the user.
function say(title, text, mood = "plain") {
  const status = byID("status");
  status.dataset.mood = mood;
  status.replaceChildren(element("h2", title), element("p", text));
  status.hidden = false;
  byID("user").hidden = true;
}

// present shows the user as fields and as the JSON that they were read from.
function present(user) {
  heading(user.name || user.login);
  showAvatar(user.avatar_url);
  const profile = byID("profile");
  profile.textContent = `@${user.login}`;
  const address = webAddress(user.html_url);
  if (address !== null) profile.href = address;
  byID("bio").textContent = user.bio ?? "";
  byID("fields").replaceChildren(...fields(user));
  byID("json").textContent = JSON.stringify(user, null, 2);
  byID("status").replaceChildren(element("p", `GitHub knows ${user.login}.`));
  byID("status").dataset.mood = "done";
  byID("user").hidden = false;
}

function showAvatar(value) {
  const address = webAddress(value);
  if (address === null) return;
  const avatar = byID("avatar");
  avatar.addEventListener("error", () => { avatar.hidden = true; });
  avatar.src = address;
  avatar.hidden = false;
}

// fields returns the term and the description of every member that has a value, in reading order.
function fields(user) {
  const rows = [
    ["Repositories", count(user.public_repos)],
    ["Followers", count(user.followers)],
    ["Following", count(user.following)],
    ["Gists", count(user.public_gists)],
    ["Company", text(user.company)],
    ["Location", text(user.location)],
    ["Website", link(user.blog)],
    ["Member since", day(user.created_at)],
  ];
  return rows.filter(([, value]) => value !== null).map(([term, value]) => {
    const row = element("div");
    const description = element("dd");
    description.append(value);
    row.append(element("dt", term), description);
    return row;
  });
}

function count(value) {
  return typeof value === "number" ? value.toLocaleString() : null;
}

function text(value) {
  return typeof value === "string" && value !== "" ? value : null;
}

// link returns an anchor for a web address and plain text for anything else: GitHub's users write
// here what they like, "javascript:alert(1)" among it.
function link(value) {
  if (text(value) === null) return null;
  const address = webAddress(value);
  if (address === null) return value;
  const anchor = element("a", value.replace(/^https?:\/\//i, "").replace(/\/$/, ""));
  anchor.href = address;
  anchor.rel = "noreferrer";
  return anchor;
}

function day(value) {
  const date = new Date(value);
  if (text(value) === null || Number.isNaN(date.getTime())) return null;
  const time = element("time", date.toLocaleDateString(undefined, { dateStyle: "long", timeZone: "UTC" }));
  time.dateTime = value;
  return time;
}

// webAddress returns value as an absolute http or https address, or null.
function webAddress(value) {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const address = new URL(value);
  return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
}

function heading(name) {
  byID("title").textContent = name;
  document.title = `${name} · GitHub user lookup`;
}

// shortened keeps an address that was made by hand from filling the page; the form below has the whole name.
function shortened(name) {
  const characters = [...name];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : name;
}

function element(name, content = "") {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}

function byID(id) {
  return document.getElementById(id);
}

await show(username);
