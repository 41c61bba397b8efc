// The Runtime API, version 2018-06-01, from a handler's side, and what both generations of Lambda's Node.js client have in common.
// A module that replaces the process while it is imported (process.execve) never asks for an invocation.
import http from "node:http";
import * as channel from "./channel.mjs";

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true }); // its idle connections do not keep the process alive

export const errorType = "Lambda-Runtime-Function-Error-Type";

export function request(method, path, headers, done) {
  return http.request({ hostname, port, agent, method, path: "/2018-06-01/runtime/" + path, headers }, (response) => {
    const parts = [];
    response.on("data", (part) => parts.push(part));
    response.on("end", () => done({ headers: response.headers, text: Buffer.concat(parts).toString() }));
  });
}

function call(method, path, body, headers) {
  return new Promise((resolve, reject) => request(method, path, headers, resolve).on("error", reject).end(body));
}

// next waits for an invocation: its id, the text of its event, and what its headers say.
export async function next(streaming) {
  overHTTP ||= streaming || !channel.isOpen;
  const invocation = overHTTP ? await nextOverHTTP() : channel.next();
  process.env._X_AMZN_TRACE_ID = invocation.headers["lambda-runtime-trace-id"];
  return invocation;
}

let overHTTP; // a handler that streams its answer needs the Runtime API

async function nextOverHTTP() {
  const { headers, text } = await call("GET", "invocation/next");
  return { id: headers["lambda-runtime-aws-request-id"], text, headers };
}

const post = async (kind, id, text) => (overHTTP ? call("POST", `invocation/${id}/${kind}`, text) : channel.post(kind, id, text));

// The status of these is not looked at, as AWS's clients do not: an answer that Lambda refuses is lost.
export const postResponse = (id, text) => post("response", id, text);
export const postError = (id, report) => post("error", id, JSON.stringify(report));
export const postInitError = (report) => call("POST", "init/error", JSON.stringify(report), { [errorType]: report.errorType });

const { AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME } = process.env;

// members is what a handler's context has on every version.
export function members(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined, // these three have no value in a function that CloudFront calls
    identity: undefined,
    tenantId: undefined,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

// A RuntimeError is one that Lambda names itself.
export class RuntimeError extends Error {
  constructor(type, message) {
    super(message);
    this.name = "Runtime." + type;
  }
}

// toJSON is an answer's text. Functions and symbols have none.
export function toJSON(value, fault) {
  let text;
  try {
    text = JSON.stringify(value === undefined ? null : value);
  } catch {
    throw fault();
  }
  if (text === undefined) throw new TypeError("Wrong arguments");
  return text;
}

// log prints an error with its stack. What cannot be made an error is an error here.
export function log(title, error) {
  const stack = error instanceof Error ? error : new Error(error);
  try {
    console.error(title, stack);
  } catch {
    console.error(title, "(an error that cannot be read)");
  }
}

// report is an error in the Runtime API's form; text says what stands for a value that is no error.
export function report(error, isError, text) {
  try {
    if (isError(error)) return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split("\n") ?? [] };
    return { errorType: typeof error, errorMessage: text(error), trace: [] };
  } catch {
    return {
      errorType: "handled",
      errorMessage: "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack",
      trace: [],
    };
  }
}
