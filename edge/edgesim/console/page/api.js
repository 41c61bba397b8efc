// The calls to the program that this page comes from.

async function answer(response) {
  const type = response.headers.get("Content-Type") ?? "";
  const value = type.startsWith("application/json") ? await response.json() : null;
  if (!response.ok || value === null) throw new Error(value?.error ?? `The console answered ${response.status}.`);
  return value;
}

function unreachable() {
  throw new Error("The simulator does not answer. Is the program still running?");
}

export const call = async (name, body) =>
  answer(await fetch(`/api/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(unreachable));

export const trace = async (id) => answer(await fetch(`/api/trace?id=${encodeURIComponent(id)}`).catch(unreachable));

export const headers = async (id) => answer(await fetch(`/api/headers?id=${encodeURIComponent(id)}`).catch(unreachable));

// find gives the numbers of the requests that a query finds; harURL is the same requests as a file.
export const find = async (query) => answer(await fetch(`/api/find?q=${encodeURIComponent(query)}`).catch(unreachable));

export const harURL = (query, quiet) => `/api/har?q=${encodeURIComponent(query)}&quiet=${quiet ? 1 : 0}`;

export const eventURL = (id, stage) => `/api/event?id=${encodeURIComponent(id)}&stage=${stage}`;

// eventText is the event as a file for edgetest, byte for byte.
export async function eventText(id, stage) {
  const response = await fetch(eventURL(id, stage)).catch(unreachable);
  if (!response.ok) await answer(response);
  return response.text();
}

// listen hands on the live messages. The browser connects again by itself when the connection breaks, but not after an answer that says no.
export function listen(handlers) {
  const { requests, state, connected } = handlers;
  const source = new EventSource("/api/stream");
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000, handlers);
  });
  source.addEventListener("requests", (message) => requests(JSON.parse(message.data)));
  source.addEventListener("state", (message) => state(JSON.parse(message.data)));
}
