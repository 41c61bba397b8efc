// Runs a handler by the rules of nodejs22.x and older, as measured on npm's aws-lambda-ric 3.3.0: it answers by its promise, by the callback
// that is its third argument, or by context.done, succeed or fail. What it returns is nothing unless it is a promise. One that leaves without
// an answer, and leaves nothing in the event loop that could still give one, has answered null.
import { isNativeError } from "node:util/types";
import { log, members, next, postError, postInitError, postResponse, report, RuntimeError, toJSON } from "./api.mjs";
import { forCallbacks } from "./load.mjs";
import { isStreaming, prepare, runStream } from "./stream.mjs";

const nothing = () => {};
let whenIdle = nothing; // called when the event loop is empty
let tell = postInitError; // where an error goes that nobody caught
let ending = false;

process.on("beforeExit", () => {
  const act = whenIdle;
  whenIdle = nothing;
  act();
});
process.on("uncaughtException", (error) => end("Uncaught Exception", error, 129));
process.on("unhandledRejection", (reason) => end("Unhandled Promise Rejection", new RuntimeError("UnhandledPromiseRejection", reason), 128));

function end(title, error, status) {
  log(title, error);
  if (ending) return; // the first tells why
  ending = true;
  const exit = () => process.exit(status);
  tell(reported(error)).then(exit, exit);
}

function reported(error) {
  const isError = (e) => isNativeError(e) || (e && [e.name, e.message, e.stack].every((text) => text && typeof text === "string"));
  return report(error, isError, (e) => e.toString());
}

const serialize = (value) => toJSON(value, () => new Error("Unable to stringify response body"));

async function invoke(handler) {
  const invocation = await next(isStreaming(handler));
  tell = (failed) => postError(invocation.id, failed);
  if (isStreaming(handler)) await stream(handler, invocation);
  else answer(handler, invocation);
}

async function stream(handler, invocation) {
  const context = { callbackWaitsForEmptyEventLoop: true, ...members(invocation.headers) };
  await runStream(handler, invocation, context, reported, String);
  const goOn = () => setImmediate(invoke, handler);
  if (context.callbackWaitsForEmptyEventLoop) whenIdle = goOn;
  else goOn();
}

function answer(handler, { id, text, headers }) {
  let settled = false;
  const first = (f) => (...args) => {
    if (settled) return;
    f(...args);
    settled = true;
  };
  const goOn = () => setImmediate(invoke, handler);
  const succeed = (value) => postResponse(id, serialize(value)).then(goOn);
  const done = (error, value) => {
    whenIdle = nothing;
    if (error === undefined || error === null) return void succeed(value);
    log("Invoke Error", error);
    postError(id, reported(error)).then(goOn);
  };
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    succeed: first((value) => done(null, value)),
    fail: first((error) => done(error ?? "handled")),
    done: first(done),
    ...members(headers),
  };
  const callback = first((error, value) => {
    if ((error ?? null) !== null || !context.callbackWaitsForEmptyEventLoop) return done(error, value);
    whenIdle = () => setImmediate(succeed, value);
  });
  whenIdle = () => {
    settled = true;
    succeed(null);
  };
  try {
    const result = handler(JSON.parse(text), context, callback);
    if (typeof result?.then === "function") result.then(context.succeed, context.fail).catch(context.fail);
  } catch (error) {
    callback(error);
  }
}

prepare();
invoke(await forCallbacks(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER));
