// The way of a request through the event model, from its stages: which lines and boxes of the diagram it passes, and the same in words.

// forErrorPage tells which stages are those of a custom error page: from the second lookup in the cache to the stage that puts the page in the
// answer's place. They are no part of the request's own way.
export function forErrorPage(stages) {
  let lookups = 0;
  let inside = false;
  return stages.map((stage) => {
    if (stage.name === "cache") inside = ++lookups > 1;
    if (stage.name === "error-page") inside = false;
    return inside;
  });
}

const ownStages = (stages) => {
  const page = forErrorPage(stages);
  return stages.filter((_, index) => !page[index]);
};

// wayOf gives {nodes, failed, lines}. A stage is {name, ran, failed}; ran means that a function ran.
export function wayOf(all) {
  const stages = ownStages(all);
  const passed = new Set(stages.map((stage) => stage.name));
  const ran = new Set(stages.filter((stage) => stage.ran).map((stage) => stage.name));
  const failed = new Set(stages.filter((stage) => stage.failed).map((stage) => stage.name));
  const nodes = new Set(["viewer", ...ran]);
  const lines = [];
  if (passed.has("cache")) {
    nodes.add("cache");
    lines.push("v-vq", "vq-c");
    const origin = passed.has("origin");
    if (origin || passed.has("origin-request")) lines.push("c-request", "c-oq");
    if (origin) {
      nodes.add("origin");
      lines.push("oq-o", "o-turn", "o-or", "or-c", "c-response");
    } else if (passed.has("origin-request")) {
      lines.push("oq-back", "c-response");
    } else {
      lines.push("c-turn");
    }
    lines.push("c-vr", "vr-v");
  } else if (passed.has("viewer-request")) {
    lines.push("v-vq", "vq-back");
  }
  return { nodes, failed, lines: new Set(lines) };
}

// inWords says it for those who do not see the diagram, and for the line above it.
export function inWords(request) {
  const stages = new Map();
  for (const stage of ownStages(request.stages)) if (!stages.has(stage.name)) stages.set(stage.name, stage);
  const words = [];
  const failed = request.stages.find((stage) => stage.failed);
  if (stages.has("viewer-request")) words.push(!stages.has("cache") && !failed ? "viewer-request answered it" : "viewer-request ran");
  const cache = { hit: request.status >= 400 ? "the cache had the error" : "the cache had it", collapsed: "it shared another viewer’s request", stale: stages.has("origin") ? "the cache had it, but stale" : "the cache served it stale",
    refresh: "the origin confirmed what the cache had", miss: "the cache did not have it", bypass: "it went past the cache" }[request.cache];
  if (cache) words.push(cache);
  if (stages.get("origin-request")?.ran) words.push("origin-request ran");
  if (stages.has("origin")) words.push("the origin was asked");
  if (stages.get("origin-response")?.ran) words.push("origin-response ran");
  if (stages.has("error-page")) words.push("an error page took the answer’s place");
  if (stages.get("viewer-response")?.ran) words.push("viewer-response ran");
  if (failed) words.push(`it failed at ${failed.name}`);
  return words.length ? words.join(", ") : "CloudFront answered by itself";
}
