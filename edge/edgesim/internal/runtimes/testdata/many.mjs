// Loads and calls the handlers of many packages with the client's own functions, so that one process serves many rows of a table.
// {"dir": ..., "name": ..., "load": true} loads a handler, the same without load calls it with the event {"hello": 1}.
const { forCallbacks, forPromises } = await import(process.env.LAMBDA_RUNTIME_DIR + "/load.mjs");
const load = /nodejs22/.test(process.env.AWS_EXECUTION_ENV) ? forCallbacks : forPromises;
const loaded = new Map();

export function handler({ dir, name, load: loads }, ...rest) {
  if (!loads) return loaded.get(dir)({ hello: 1 }, ...rest);
  return load(dir, name).then((found) => void loaded.set(dir, found));
}
