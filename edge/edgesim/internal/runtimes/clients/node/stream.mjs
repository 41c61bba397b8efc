// Handlers that stream their answer: awslambda.streamifyResponse marks them. CloudFront takes an answer as a whole, when it has ended.
import { errorType, log, request } from "./api.mjs";

const errorBody = "Lambda-Runtime-Function-Error-Body";
const streaming = Symbol.for("aws.lambda.runtime.handler.streaming");

export const isStreaming = (handler) => handler[streaming] === "response";

// prepare makes what handlers find in the global scope.
export function prepare() {
  console.fatal = console.error;
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [streaming]: "response" }),
    HttpResponseStream: {
      from(stream, metadata) {
        stream.setContentType("application/vnd.awslambda.http-integration-response");
        stream.prelude = JSON.stringify(metadata) + "\0".repeat(8);
        return stream;
      },
    },
  };
}

// runStream runs a handler that streams; fault makes the value that is reported from a text.
export async function runStream(handler, { id, text }, context, report, fault) {
  const { stream, sent } = open(id);
  try {
    const result = handler(JSON.parse(text), stream, context);
    if (typeof result?.then !== "function") throw fault("Streaming does not support non-async handlers.");
    if ((await result) !== undefined) console.warn("Streaming handlers ignore return values.");
  } catch (error) {
    log("Invoke Error", error);
    const failed = report(error);
    stream.addTrailers({ [errorType]: failed.errorType, [errorBody]: Buffer.from(JSON.stringify(failed)).toString("base64") });
    stream.end();
  }
  await sent;
}

function open(id) {
  let stream;
  const sent = new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/octet-stream", "Lambda-Runtime-Function-Response-Mode": "streaming", "Transfer-Encoding": "chunked", Trailer: [errorType, errorBody] };
    stream = request("POST", `invocation/${id}/response`, headers, resolve).on("error", reject);
  });
  const write = stream.write.bind(stream);
  return { sent, stream: Object.assign(stream, {
    setContentType: (value) => stream.setHeader("Content-Type", value),
    write(part, ...rest) {
      if (stream.prelude) write(stream.prelude);
      stream.prelude = undefined;
      return write(typeof part === "string" || part instanceof Uint8Array ? part : JSON.stringify(part), ...rest);
    },
  }) };
}
