// Runs a handler by the rules of nodejs24.x and newer, as measured on npm's aws-lambda-ric 4.0.2: what it returns, or the promise of it, is
// its answer. There is no callback, and a handler that has a parameter for one does not start. An error that nobody caught ends the process.
import { log, members, next, postError, postInitError, postResponse, report, RuntimeError, toJSON } from "./api.mjs";
import { forPromises } from "./load.mjs";
import { isStreaming, prepare, runStream } from "./stream.mjs";

const reported = (error) => report(error, (e) => e instanceof Error, String);

const serialize = (value) => toJSON(value, () => new RuntimeError("JSONStringifyError", "Unable to stringify response body"));

async function start() {
  try {
    return await forPromises(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  } catch (error) {
    log("Init Error", error);
    await postInitError(reported(error));
    process.exit(1);
  }
}

async function answer(handler, { id, text }, context) {
  try {
    const answered = serialize(await handler(JSON.parse(text), context));
    await postResponse(id, answered);
  } catch (error) {
    log("Invoke Error", error);
    await postError(id, reported(error));
  }
}

async function run() {
  const handler = await start();
  for (;;) {
    const invocation = await next(isStreaming(handler));
    const context = { ...members(invocation.headers), xRayTraceId: invocation.headers["lambda-runtime-trace-id"] };
    if (isStreaming(handler)) await runStream(handler, invocation, context, reported, Error);
    else await answer(handler, invocation, context);
  }
}

prepare();
run(); // not awaited: a process with nothing left to do ends with status 0
