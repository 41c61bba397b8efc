// The dialogs: send a request, invalidate, advance the clock, save the list.

import { call, harURL } from "./api.js";
import { byId, h, toast } from "./dom.js";
import { dateTime, plural, span } from "./format.js";

// open shows a dialog; handle is called when its form is sent, and gives what to say, or throws what to show in the dialog.
function prepare(id, handle) {
  const dialog = byId(id);
  const problem = dialog.querySelector(".problem");
  for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const said = await handle();
      dialog.close();
      toast(said);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  return () => {
    problem.hidden = true;
    dialog.showModal();
  };
}

const lines = (id) => byId(id).value.split("\n").map((line) => line.trim()).filter(Boolean);

const hasNoBody = (method) => method === "GET" || method === "HEAD";
const showBody = () => { byId("send-body-field").hidden = hasNoBody(byId("send-method").value); };

async function sendRequest(sent) {
  const headers = lines("send-headers").map((line) => {
    const at = line.indexOf(":");
    if (at < 1) throw new Error(`“${line}” is no header; write Name: value.`);
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  const country = byId("send-country").value.trim().toUpperCase();
  if (country) headers.push(["X-Mock-CloudFront-Viewer-Country", country]);
  const fault = byId("send-fault").value;
  if (fault) headers.push(["X-Mock-Lambda-Fault", fault]);
  const method = byId("send-method").value;
  const done = await call("send", { method, target: byId("send-target").value.trim(), headers, host: byId("send-target").dataset.host ?? "", body: hasNoBody(method) ? "" : byId("send-body").value });
  sent(done.id);
  return `Sent: ${done.status}, ${done.result}.`;
}

function fillFaults() {
  const faults = { throttle: "throttled", timeout: "times out", crash: "crashes", oversize: "answers too much", invalid: "answers half", cold: "starts cold" };
  for (const trigger of ["viewer-request", "origin-request", "origin-response", "viewer-response"]) {
    byId("send-fault").append(h("optgroup", { label: trigger }, Object.entries(faults).map(([fault, words]) => h("option", { value: `${trigger}=${fault}` }, `${trigger}: ${words}`))));
  }
}

// prepareHAR offers what the list shows as a file.
function prepareHAR(shown) {
  const open = prepare("har", async () => "");
  byId("open-har").addEventListener("click", () => {
    const { query, quiet, count: n } = shown();
    byId("har-count").textContent = `${plural(n, "request")}${query ? `, those that the filter “${query}” finds` : ""}`;
    byId("har-save").href = harURL(query, quiet);
    open();
  });
  byId("har-save").addEventListener("click", () => byId("har").close());
}

// dialogs prepares them all. sent is told of the id of a request that was sent, now is the clock, shown is what the list shows.
export function dialogs({ sent, now, shown }) {
  fillFaults();
  byId("send-method").addEventListener("change", showBody);
  const openSend = prepare("send", () => sendRequest(sent));
  const openInvalidate = prepare("invalidate", () => invalidate(lines("invalidate-paths")));
  prepareHAR(shown);
  const openTime = prepare("time", () => advance(Number(byId("time-seconds").value)));
  byId("open-send").addEventListener("click", () => { delete byId("send-target").dataset.host; openSend(); });
  byId("open-invalidate").addEventListener("click", openInvalidate);
  byId("open-clock").addEventListener("click", () => {
    byId("time-now").textContent = dateTime(now());
    openTime();
  });
  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.addEventListener("click", async () => {
      try {
        toast(await advance(Number(button.dataset.seconds)));
        byId("time-now").textContent = dateTime(now());
      } catch (error) {
        toast(error.message, true);
      }
    });
  }
  // edit opens the first dialog with a request that came.
  return {
    edit(viewer) {
      const method = byId("send-method");
      method.value = viewer.method;
      if (method.value !== viewer.method) method.value = "GET";
      showBody();
      byId("send-target").value = viewer.target;
      byId("send-target").dataset.host = viewer.host;
      byId("send-country").value = "";
      byId("send-fault").value = "";
      byId("send-headers").value = Object.entries(viewer.header ?? {}).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`)).join("\n");
      openSend();
    },
    openSend,
  };
}

export async function invalidate(paths) {
  const { removed } = await call("invalidate", { paths });
  return `${plural(removed, "object")} left the cache.`;
}

export async function advance(seconds) {
  await call("advance", { seconds });
  return `The clock went on by ${span(seconds)}.`;
}
