// Runs a Node.js handler against the Runtime API, as Lambda's Node.js runtimes do: import the module, then one event after the other.
// A module that replaces the process while it is imported (process.execve) never comes back here.
import http from "node:http";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const api = new URL(`http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/`);
const agent = new http.Agent({ keepAlive: true });

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, api), { method, agent, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function report(error) {
  const e = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType: e.name, errorMessage: e.message, trace: (e.stack ?? "").split("\n") });
}

async function load(handler) {
  const at = handler.lastIndexOf(".");
  const [name, member] = [handler.slice(0, at), handler.slice(at + 1)];
  const root = process.env.LAMBDA_TASK_ROOT ?? process.cwd();
  const file = [".js", ".mjs", ".cjs"].map((ending) => join(root, name + ending)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`cannot find module ${name} in ${root}`);
  const module = await import(pathToFileURL(file));
  const found = module[member] ?? module.default?.[member];
  if (typeof found !== "function") throw new Error(`${handler} is not a function`);
  return found;
}

// A handler answers by its promise, or by the callback that it takes as its third argument.
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const given = handler(event, context, (error, answer) => (error ? reject(error) : resolve(answer)));
    if (typeof given?.then === "function") given.then(resolve, reject);
    else if (handler.length < 3) resolve(given);
  });
}

let handler;
try {
  handler = await load(process.env._HANDLER);
} catch (error) {
  await call("POST", "init/error", report(error));
  process.exit(1);
}
for (;;) {
  const { headers, text } = await call("GET", "invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const context = {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: false,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const answer = await run(handler, JSON.parse(text), context);
    await call("POST", `invocation/${id}/response`, JSON.stringify(answer ?? null));
  } catch (error) {
    await call("POST", `invocation/${id}/error`, report(error));
  }
}
