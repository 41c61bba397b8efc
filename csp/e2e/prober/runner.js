"use strict";
// The runner asks for pages of its own origin, loads each in a frame, and makes the probes in the frame's document.

const pagesAtOnce = 6;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Without "load" and "error" of its own, a probe is settled by a violation or by what the server saw.
const watch = (target, settle) => {
  target.addEventListener("load", () => settle("load"));
  target.addEventListener("error", () => settle("error"));
};

// add makes an element that loads something, and puts it into the page.
const add = (page, probe, settle, name, attributes, parent) => {
  const element = page.document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
  if (probe.nonce) element.nonce = probe.nonce;
  if (probe.integrity) element.integrity = probe.integrity;
  watch(element, settle);
  (parent ?? page.document.body).append(element);
  return element;
};

// ranOrNot runs an action that sets window.ran at once, or does not.
const ranOrNot = (page, settle, action) => {
  delete page.window.ran;
  try { action(); } catch { /* blocked by an exception */ }
  settle(page.window.ran ? "ran" : "blocked");
};

// Workers that start send a message; those from a URL are settled by the server.
const watchWorker = (worker, port, settle) => {
  port.onmessage = () => settle("ran");
  worker.onerror = () => settle("error");
};

const blob = (page, parts, type) => page.window.URL.createObjectURL(new page.window.Blob(parts, {type}));

const isStyled = (page) => page.window.getComputedStyle(page.document.querySelector("i")).color === "rgb(1, 2, 3)";

// The smallest module of WebAssembly: its magic number and version.
const wasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

const kinds = {
  img: (page, probe, settle) => add(page, probe, settle, "img", {src: probe.url}),
  script: (page, probe, settle) => add(page, probe, settle, "script", {src: probe.url}),
  module: (page, probe, settle) => add(page, probe, settle, "script", {src: probe.url, type: "module"}),
  style: (page, probe, settle) => add(page, probe, settle, "link", {rel: "stylesheet", href: probe.url}),
  modulepreload: (page, probe, settle) => add(page, probe, settle, "link", {rel: "modulepreload", href: probe.url}),
  prefetch: (page, probe, settle) => add(page, probe, settle, "link", {rel: "prefetch", href: probe.url}),
  "preload-img": (page, probe, settle) => add(page, probe, settle, "link", {rel: "preload", as: "image", href: probe.url}),
  frame: (page, probe, settle) => add(page, probe, settle, "iframe", {src: probe.url}),
  object: (page, probe, settle) => add(page, probe, settle, "object", {data: probe.url}),
  embed: (page, probe, settle) => add(page, probe, settle, "embed", {src: probe.url}),
  media: (page, probe, settle) => add(page, probe, settle, "audio", {src: probe.url, preload: "auto", muted: "muted"}),
  track: (page, probe, settle) => {
    const media = page.document.createElement("video");
    media.crossOrigin = "anonymous";
    page.document.body.append(media);
    add(page, probe, settle, "track", {src: probe.url, default: "default"}, media).track.mode = "hidden";
  },
  font: (page, probe, settle) => {
    const font = new page.window.FontFace("probe", `url("${probe.url}")`);
    font.load().then(() => settle("load"), () => settle("error"));
  },
  fetch: (page, probe, settle) => page.window.fetch(probe.url).then(() => settle("load"), () => settle("error")),
  xhr: (page, probe, settle) => {
    const request = new page.window.XMLHttpRequest();
    watch(request, settle);
    request.open("GET", probe.url);
    request.send();
  },
  beacon: (page, probe) => page.window.navigator.sendBeacon(probe.url, "1"),
  ping: (page, probe) => {
    const link = page.document.createElement("a");
    link.href = "#";
    link.ping = probe.url;
    page.document.body.append(link);
    link.click();
  },
  es: (page, probe, settle) => {
    const events = new page.window.EventSource(probe.url);
    events.onmessage = () => { events.close(); settle("load"); };
    events.onerror = () => { events.close(); settle("error"); };
  },
  ws: (page, probe, settle) => {
    const socket = new page.window.WebSocket(probe.url);
    socket.onopen = () => settle("load");
    socket.onerror = () => settle("error");
  },
  worker: (page, probe, settle) => {
    const worker = new page.window.Worker(probe.url);
    watchWorker(worker, worker, settle);
  },
  sharedworker: (page, probe, settle) => {
    const worker = new page.window.SharedWorker(probe.url);
    watchWorker(worker, worker.port, settle);
  },
  blobworker: (page, probe, settle) => {
    const worker = new page.window.Worker(blob(page, ["postMessage(1)"], "text/javascript"));
    watchWorker(worker, worker, settle);
  },
  dataworker: (page, probe, settle) => {
    const worker = new page.window.Worker("data:text/javascript,postMessage(1)");
    watchWorker(worker, worker, settle);
  },
  blobimg: (page, probe, settle) => {
    const image = page.document.createElement("img");
    image.onload = () => settle("ran");
    image.onerror = () => settle("blocked");
    image.src = blob(page, ['<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'], "image/svg+xml");
    page.document.body.append(image);
  },
  form: (page, probe) => {
    const form = page.document.createElement("form");
    form.method = "post";
    form.action = probe.url;
    page.document.body.append(form);
    form.submit();
  },
  inline: (page, probe, settle) => ranOrNot(page, settle, () => {
    const script = page.document.createElement("script");
    if (probe.nonce) script.nonce = probe.nonce;
    script.textContent = probe.text;
    page.document.body.append(script);
  }),
  handler: (page, probe, settle) => ranOrNot(page, settle, () => {
    const button = page.document.createElement("button");
    button.setAttribute("onclick", probe.text);
    button.click();
  }),
  eval: (page, probe, settle) => ranOrNot(page, settle, () => page.window.eval(probe.text)),
  function: (page, probe, settle) => ranOrNot(page, settle, () => new page.window.Function(probe.text)()),
  timer: async (page, probe, settle) => {
    delete page.window.ran;
    try { page.window.setTimeout(probe.text); } catch { /* blocked by an exception */ }
    await sleep(200);
    settle(page.window.ran ? "ran" : "blocked");
  },
  javascript: async (page, probe, settle) => {
    const link = page.document.createElement("a");
    link.href = probe.url || `javascript:${probe.text}`;
    page.document.body.append(link);
    link.click();
    await sleep(200);
    settle(page.window.ran ? "ran" : "blocked");
  },
  wasm: (page, probe, settle) => {
    try {
      new page.window.WebAssembly.Module(wasm);
      settle("ran");
    } catch {
      settle("blocked");
    }
  },
  inlinestyle: (page, probe, settle) => {
    const style = page.document.createElement("style");
    if (probe.nonce) style.nonce = probe.nonce;
    style.textContent = probe.text;
    page.document.head.append(style);
    settle(isStyled(page) ? "ran" : "blocked");
    style.remove();
  },
  styleattr: (page, probe, settle) => {
    const element = page.document.querySelector("i");
    element.setAttribute("style", probe.text);
    settle(isStyled(page) ? "ran" : "blocked");
    element.removeAttribute("style");
  },
  code: (page, probe, settle) => new Function("window", "document", "settle", probe.text)(page.window, page.document, settle),
  // The rest happens by the page alone. It has had its chance some time after it was loaded.
  html: async (page, probe, settle) => {
    await sleep(page.patience / 5);
    settle(page.window.ran ? "ran" : "blocked");
  },
  page: async (page, probe, settle) => { await sleep(page.patience / 5); settle("blocked"); },
  report: () => {},
};

// loaded resolves with the frame's window and document, or with nothing if the page does not come.
const loaded = (frame, address) => new Promise((resolve) => {
  frame.onload = () => {
    const document = frame.contentDocument;
    resolve(document?.querySelector("i") ? {window: frame.contentWindow, document} : undefined);
  };
  setTimeout(resolve, 10_000);
  frame.src = address;
  document.body.append(frame);
});

// run makes the probes of a page and returns a note for each that is settled.
const run = async (job) => {
  const notes = {};
  const frame = document.createElement("iframe");
  const page = await loaded(frame, job.page);
  if (page) {
    page.patience = job.patience;
    page.document.addEventListener("securitypolicyviolation", (event) => {
      if (event.disposition !== "enforce") return;
      for (const probe of job.probes) {
        if (event.blockedURI.includes(`probe=${probe.id}`)) notes[probe.id] ??= `violation of ${event.effectiveDirective}`;
      }
    });
    for (const probe of job.probes) {
      const settle = (note) => { notes[probe.id] ??= note; };
      const make = async () => kinds[probe.kind](page, probe, settle);
      make().catch((error) => settle(`exception: ${error}`));
    }
    await settled(job, notes);
  } else if (!["page", "report"].includes(job.probes[0].kind)) {
    for (const probe of job.probes) notes[probe.id] = "the page did not load";
  } else {
    await settled(job, notes);
  }
  frame.remove();
  return notes;
};

// settled waits until each probe is settled or seen by the server, but not for ever.
const settled = async (job, notes) => {
  const end = performance.now() + job.patience;
  for (let pause = 10; performance.now() < end; pause = Math.min(2 * pause, 200)) {
    if (job.probes.every((probe) => probe.id in notes)) return;
    await sleep(pause);
    const seen = await (await fetch(`/.prober/seen?job=${job.id}`)).json();
    if (job.probes.every((probe) => probe.id in notes || seen.includes(probe.id))) return;
  }
};

let first = "&first";
let elsewhere = false;

const work = async () => {
  while (!elsewhere) {
    const next = await (await fetch(`/.prober/next?${first}`)).json();
    first = "";
    if (next.goto) {
      elsewhere = next.goto;
    } else if (next.job) {
      const notes = await run(next.job);
      await fetch(`/.prober/finished?job=${next.job.id}`, {method: "POST", body: JSON.stringify(notes)});
    }
  }
};

Promise.all(Array.from({length: pagesAtOnce}, work)).then(() => { location.href = elsewhere; });
