// Package runtimeapi is the loop between a function and Lambda's Runtime API, version 2018-06-01
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html): ask for an invocation, hand it to the function, send its answer.
//
// It does what github.com/aws/aws-lambda-go/lambda does, at a fraction of the cost: one connection, one buffer to read into, one to write
// from, one write for each request, no net/http, no encoding/json.
//
// # What happens to what
//
//   - The function's answer goes to invocation/ID/response; its error or panic to invocation/ID/error, as JSON with type, message and stack,
//     and as a line to the log. After a panic [Loop.Run] returns, and the process should end: Lambda starts it anew.
//   - The context has the deadline and the [Invocation]. The trace id is there under the key "x-amzn-trace-id" too, and in the environment
//     variable _X_AMZN_TRACE_ID. Client context and Cognito identity are for functions that an
//     application invokes by name, which nobody does with a function at the edge: they are not read.
//   - An answer from the Runtime API with a status that its description does not promise ends Run, as it ends AWS's client.
//
// # Connections that close
//
// The rule is that no invocation is answered twice and none with another's answer.
//
//   - Asking for an invocation changes nothing, so it is repeated on a new connection, three times at most without an answer in between.
//   - An answer is repeated on a new connection only when the API cannot have read the whole of it: the connection was closed before,
//     broke while the answer was written, or was reset, which is how a system says that it closed with bytes unread. Nothing looks at the
//     connection before a write: afterwards the socket tells what became of the bytes, at no cost where nothing is wrong.
//   - When the connection ends in order after the whole answer was written, the API had all of it, and the answer is not repeated.
//     If the API did lose it, it refuses to hand out the next invocation, and Run ends.
//   - Bytes that come behind a response, and were not asked for, end the connection: they must not be taken for the answer to the next request.
package runtimeapi
