// What a function changed, as rows: a message is flattened to names and values, and the two lists are compared.

// flatten gives [name, value] pairs; a header is one pair, its values in order.
function flatten(message) {
  const rows = [];
  const walk = (prefix, value) => {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) {
        const header = Array.isArray(inner) && inner.every((entry) => entry && typeof entry === "object" && "value" in entry);
        if (header) rows.push([headerName(prefix, name, inner), inner.map((entry) => String(entry.value)).join("\n")]);
        else walk(prefix ? `${prefix}.${name}` : name, inner);
      }
      return;
    }
    rows.push([prefix, typeof value === "string" ? value : JSON.stringify(value)]);
  };
  walk("", message);
  return rows;
}

const headerName = (prefix, name, entries) => (prefix === "headers" ? entries[0]?.key ?? name : `${prefix}.${entries[0]?.key ?? name}`);

// messages has the request and the response of an event, which is one of Lambda@Edge or one of CloudFront Functions.
const messages = (event) => event?.Records?.[0]?.cf ?? event;

// subject is the part of an event that its function gives back.
export function subject(event) {
  return messages(event)?.response ?? messages(event)?.request;
}

// compare gives rows {name, was, now, change}, change being "same", "added", "removed" or "changed". ok is false when the answer is no object.
export function compare(event, answer) {
  const before = subject(event);
  if (!before || answer === null || typeof answer !== "object" || Array.isArray(answer)) return { ok: false, rows: [] };
  const generated = !("response" in messages(event)) && ("status" in answer || "statusCode" in answer);
  const was = new Map((generated ? [] : flatten(before)).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const rows = [];
  for (const [name, now] of flatten(answer)) {
    const old = was.get(name.toLowerCase());
    was.delete(name.toLowerCase());
    rows.push({ name, was: old?.value, now, change: old === undefined ? "added" : old.value === now ? "same" : "changed" });
  }
  for (const { name, value } of was.values()) rows.push({ name, was: value, now: undefined, change: "removed" });
  const order = { changed: 0, added: 1, removed: 2, same: 3 };
  rows.sort((a, b) => order[a.change] - order[b.change]);
  return { ok: true, generated, rows };
}
