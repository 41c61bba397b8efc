// Numbers as people read them.

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
export const count = (n) => number.format(n);

export const plural = (n, one, many = one + "s") => `${count(n)} ${n === 1 ? one : many}`;

// elapsed is a duration in nanoseconds, with three digits.
export function elapsed(nanoseconds) {
  const round = (n) => Number(n.toPrecision(3)).toString();
  if (nanoseconds < 1e6) return `${round(nanoseconds / 1e3)} µs`;
  if (nanoseconds < 1e9) return `${round(nanoseconds / 1e6)} ms`;
  return `${round(nanoseconds / 1e9)} s`;
}

// span is a time in seconds, in its two largest units.
export function span(seconds) {
  const units = [["day", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  let rest = Math.round(Math.abs(seconds));
  const words = [];
  for (const [unit, size] of units) {
    const n = Math.floor(rest / size);
    if (n > 0) words.push(unit === "day" ? plural(n, "day") : `${n} ${unit}`);
    rest -= n * size;
  }
  return words.slice(0, 2).join(" ") || "0 s";
}

export function bytes(n) {
  if (n < 1024) return `${n} B`;
  if (n < 1024 * 1024) return `${count(n / 1024)} KiB`;
  return `${count(n / 1024 / 1024)} MiB`;
}

const clockFormat = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
export const dateTime = (time) => clockFormat.format(time);

const dateFormat = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
export const dateOnly = (time) => dateFormat.format(time);

const timeFormat = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });
export const timeOfDay = (time) => timeFormat.format(time);

// cut keeps a text short enough for its place; cutAndCount says how much is missing.
export const cut = (text, most) => (text.length <= most ? text : `${text.slice(0, most)}…`);
export const cutAndCount = (text, most) => (text.length <= most ? text : `${text.slice(0, most)}… (${count(text.length - most)} more characters)`);

// kind of a status, for its colour.
export const statusKind = (status) => (status >= 500 ? "bad" : status >= 400 ? "warn" : status >= 300 ? "moved" : "good");

// kindOfResult is the same for X-Cache.
export function kindOfResult(result) {
  const word = (result || "").split(" ")[0];
  return { Hit: "hit", RefreshHit: "hit", Miss: "miss", LambdaGeneratedResponse: "lambda", Redirect: "lambda" }[word] ?? (word ? "error" : "none");
}

// shortResult is X-Cache without the words that are the same for all.
export const shortResult = (result) => (result || "no answer").replace(" from cloudfront", "").replace("LambdaGeneratedResponse", "Lambda response");
