package runtimes_test

// A row is a handler and what becomes of the event {"hello":1}, by the rules of nodejs22.x and older and of nodejs24.x and newer.
// The outcomes were measured on npm's aws-lambda-ric 3.3.0 and 4.0.2; TestAWSClients measures them again.
type row struct {
	name         string
	handler      string // "" is index.handler
	files        files
	older, newer string
}

// files are the files of a package, by name.
type files map[string]string

func js(code string) files { return files{"index.js": code} }

const (
	hello        = `{"hello":1}`
	noCallbacks  = "init error: Runtime.CallbackHandlerDeprecated: ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html."
	unreadable   = "reported: handled: callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack"
	forever      = "new Promise(() => {})"
	typeError    = "reported: TypeError: "
	exitedAtInit = "init error: Runtime.ExitError: the process ended before it asked for an invocation: exit status "
	exited       = "crashed: Runtime.ExitError: the process ended without an answer: exit status "
	timedOut     = "timed out: Sandbox.Timedout: task timed out after 0.50 seconds"
)

var answerRows = []row{
	{"return", "", js(`exports.handler = event => event`), `null`, hello},
	{"return-nothing", "", js(`exports.handler = () => {}`), `null`, `null`},
	{"async", "", js(`exports.handler = async event => event`), hello, hello},
	{"async-nothing", "", js(`exports.handler = async () => {}`), `null`, `null`},
	{"async-text", "", js(`exports.handler = async () => "text"`), `"text"`, `"text"`},
	{"async-function", "", js(`exports.handler = async () => () => 1`), "reported: TypeError: Wrong arguments", "reported: TypeError: Wrong arguments"},
	{"thenable", "", js(`exports.handler = event => ({ then: take => take(event) })`), hello, hello},
	{"succeed", "", js(`exports.handler = (event, context) => { context.succeed(event) }`), hello, typeError + "context.succeed is not a function"},
	{"done", "", js(`exports.handler = (event, context) => { context.done(null, event) }`), hello, typeError + "context.done is not a function"},
	{"succeed-and-timer", "", js(`exports.handler = (event, context) => { const answer = { n: 1 }; context.succeed(answer); setTimeout(() => answer.n++, 20) }`), `{"n":1}`, typeError + "context.succeed is not a function"},
	{"callback", "", js(`exports.handler = (event, context, callback) => callback(null, event)`), hello, noCallbacks},
	{"callback-of-arguments", "", js(`exports.handler = function () { arguments[2](null, arguments[0]) }`), hello, typeError + "arguments[2] is not a function"},
	{"callback-with-default", "", js(`exports.handler = (event, context, callback = null) => callback(null, event)`), hello, typeError + "callback is not a function"},
	{"callback-nothing", "", js(`exports.handler = (event, context, callback) => callback()`), `null`, noCallbacks},
	{"callback-twice", "", js(`exports.handler = (event, context, callback) => { callback(null, event); callback(null, 2) }`), hello, noCallbacks},
	{"callback-late", "", js(`exports.handler = (event, context, callback) => { setTimeout(callback, 20, null, event) }`), hello, noCallbacks},
	{"callback-then-timer", "", js(`exports.handler = (event, context, callback) => { const answer = { n: 1 }; callback(null, answer); setTimeout(() => answer.n++, 20) }`), `{"n":2}`, noCallbacks},
	{"callback-and-interval", "", js(`exports.handler = (event, context, callback) => { setInterval(() => {}, 100); callback(null, event) }`), timedOut, noCallbacks},
	{"callback-then-timer-and-no-waiting", "", js(`exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; const answer = { n: 1 }; callback(null, answer); setTimeout(() => answer.n++, 20) }`), `{"n":1}`, noCallbacks},
	{"callback-forgotten", "", js(`exports.handler = (event, context, callback) => {}`), `null`, noCallbacks},
	{"callback-of-async", "", js(`exports.handler = async (event, context, callback) => callback(null, event)`), hello, noCallbacks},
	{"callback-late-of-async", "", js(`exports.handler = async (event, context, callback) => { setTimeout(callback, 20, null, event) }`), `null`, noCallbacks},
	{"promise-forgotten", "", js(`exports.handler = async () => ` + forever), `null`, exited + "0"},
	{"unserializable", "", js(`exports.handler = async () => 1n`), "reported: Error: Unable to stringify response body", "reported: Runtime.JSONStringifyError: Unable to stringify response body"},
	{"unserializable-in-callback", "", js(`exports.handler = (event, context, callback) => callback(null, 1n)`), "reported: Error: Unable to stringify response body", noCallbacks},
	{"large", "", js(`exports.handler = async () => "x".repeat(6291555)`), "reported: Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes).", "reported: Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes)."},
}

var errorRows = []row{
	{"throw", "", js(`exports.handler = () => { throw new RangeError("no") }`), "reported: RangeError: no", "reported: RangeError: no"},
	{"throw-own-class", "", js(`class Own extends Error {}; exports.handler = async () => { throw new Own("no") }`), "reported: Error: no", "reported: Error: no"},
	{"throw-text", "", js(`exports.handler = async () => { throw "no" }`), "reported: string: no", "reported: string: no"},
	{"throw-object", "", js(`exports.handler = async () => { throw { code: 1 } }`), "reported: object: [object Object]", "reported: object: [object Object]"},
	{"throw-like-an-error", "", js(`exports.handler = async () => { throw { name: "Own", message: "no", stack: "Own: no" } }`), "reported: Own: no", "reported: object: [object Object]"},
	{"throw-unreadable", "", js(`exports.handler = async () => { throw Object.defineProperty(new Error(), "message", { get() { throw 1 } }) }`), unreadable, unreadable},
	{"throw-without-text", "", js(`exports.handler = async () => { throw Object.create(null) }`), "reported: TypeError: Cannot convert object to primitive value", exited + "1"},
	{"throw-undefined", "", js(`exports.handler = () => { throw undefined }`), `null`, "reported: undefined: undefined"},
	{"reject-undefined", "", js(`exports.handler = () => Promise.reject()`), "reported: string: handled", "reported: undefined: undefined"},
	{"fail", "", js(`exports.handler = (event, context) => { context.fail(new Error("no")) }`), "reported: Error: no", typeError + "context.fail is not a function"},
	{"fail-with-nothing", "", js(`exports.handler = (event, context) => { context.fail() }`), "reported: string: handled", typeError + "context.fail is not a function"},
	{"callback-error", "", js(`exports.handler = (event, context, callback) => { setTimeout(() => {}, 20); callback("no") }`), "reported: string: no", noCallbacks},
	{"uncaught", "", js(`exports.handler = () => { setTimeout(() => { throw new Error("late") }); return ` + forever + ` }`), "reported: Error: late", exited + "1"},
	{"unhandled", "", js(`exports.handler = () => { Promise.reject(new Error("lost")); return ` + forever + ` }`), "reported: Runtime.UnhandledPromiseRejection: Error: lost", exited + "1"},
	{"exit", "", js(`exports.handler = () => process.exit(3)`), exited + "3", exited + "3"},
}

var initRows = []row{
	{"init-member-missing", "", js(`exports.other = 1`), "init error: Runtime.HandlerNotFound: index.handler is undefined or not exported", "init error: Runtime.HandlerNotFound: index.handler is undefined or not exported"},
	{"init-member-no-function", "", js(`exports.handler = 1`), "init error: Runtime.HandlerNotFound: index.handler is not a function", "init error: Runtime.HandlerNotFound: index.handler is not a function"},
	{"init-two-dots", "index..handler", js(``), "init error: Runtime.MalformedHandlerName: 'index..handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.", "init error: Runtime.MalformedHandlerName: 'index..handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names."},
	{"init-syntax", "", js(`exports.handler = = 1`), "init error: Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token '='", "init error: Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token '='"},
	{"init-esm-in-js", "", js(`export const handler = async event => event`), "init error: Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token 'export'", "init error: Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token 'export'"},
	{"init-require-missing", "", js(`require("nothing")`), "init error: Runtime.ImportModuleError: Error: Cannot find module 'nothing'", "init error: Runtime.ImportModuleError: Error: Cannot find module 'nothing'"},
	{"init-import-missing", "", files{"index.mjs": `import "nothing"`}, "init error: Error: Cannot find package 'nothing' imported from DIR/index.mjs", "init error: Error: Cannot find package 'nothing' imported from DIR/index.mjs"},
	{"init-throw", "", js(`throw new RangeError("no")`), "init error: RangeError: no", "init error: RangeError: no"},
	{"init-throw-text", "", js(`throw "no"`), "init error: string: no", "init error: string: no"},
	{"init-top-level-await-rejected", "", files{"index.mjs": `await Promise.reject(new RangeError("no"))`}, "init error: RangeError: no", "init error: RangeError: no"},
	{"init-top-level-await-forgotten", "", files{"index.mjs": `await ` + forever}, exitedAtInit + "13", exitedAtInit + "0"},
	{"init-unhandled", "", files{"index.mjs": `Promise.reject(new RangeError("no")); await ` + forever}, "init error: Runtime.UnhandledPromiseRejection: RangeError: no", exitedAtInit + "1"},
	{"init-uncaught", "", files{"index.mjs": `setTimeout(() => { throw new RangeError("no") }); await ` + forever}, "init error: RangeError: no", exitedAtInit + "1"},
	{"init-exit", "", js(`process.exit(3)`), exitedAtInit + "3", exitedAtInit + "3"},
}

var moduleRows = []row{
	{"js-before-mjs", "", files{"index.js": `exports.handler = async () => "js"`, "index.mjs": `export const handler = async () => "mjs"`}, `"js"`, `"js"`},
	{"mjs-before-cjs", "", files{"index.mjs": `export const handler = async () => "mjs"`, "index.cjs": `exports.handler = async () => "cjs"`}, `"mjs"`, `"mjs"`},
	{"cjs", "", files{"index.cjs": `exports.handler = async () => "cjs"`}, `"cjs"`, `"cjs"`},
	{"type-module", "", files{"package.json": `{"type":"module"}`, "index.js": `export const handler = async event => event`}, hello, hello},
	{"type-module-and-exports", "", files{"package.json": `{"type":"module"}`, "index.js": `exports.handler = async event => event`}, "init error: ReferenceError: exports is not defined in ES module scope", "init error: ReferenceError: exports is not defined in ES module scope"},
	{"folder", "", files{"index/index.js": `exports.handler = async event => event`}, hello, "init error: Error: Directory import 'DIR/index' is not supported resolving ES modules imported from CLIENT"},
	{"folder-beside", "", files{"index/index.js": ``, "index.js": `exports.handler = async event => event`}, hello, "init error: Error: Directory import 'DIR/index' is not supported resolving ES modules imported from CLIENT"},
	{"folder-of-handler", "src/app.handler", files{"src/app.js": `exports.handler = async event => event`}, hello, hello},
	{"installed", "app.handler", files{"node_modules/app/index.js": `exports.handler = async event => event`}, hello, hello},
	{"nested", "index.deep.handler", js(`exports.deep = { handler: async event => event }`), hello, hello},
	{"nested-in-class", "index.Deep.handler", js(`exports.Deep = class { static async handler(event) { return event } }`), hello, "init error: Runtime.HandlerNotFound: index.Deep.handler is undefined or not exported"},
	{"module-exports", "", js(`module.exports = { handler: async event => event }`), hello, hello},
	{"computed-exports", "", js(`module.exports = Object.fromEntries([["handler", async event => event]])`), hello, hello},
	{"member-of-function", "", js(`module.exports = Object.assign(() => {}, Object.fromEntries([["handler", async event => event]]))`), hello, "init error: Runtime.HandlerNotFound: index.handler is undefined or not exported"},
	{"default", "", files{"index.mjs": `export default { handler: async event => event }`}, "init error: Runtime.HandlerNotFound: index.handler is undefined or not exported", hello},
	{"default-is-handler", "index.default", files{"index.mjs": `export default async event => event`}, hello, hello},
	{"require-esm", "", files{"index.js": `try { require("./other.mjs") } catch (error) { exports.handler = async () => error.code }`, "other.mjs": `export const handler = 1`}, `"ERR_REQUIRE_ESM"`, `"ERR_REQUIRE_ESM"`},
	{"require-from-root", "", files{"index.js": `exports.handler = require("lib").handler`, "lib.js": `exports.handler = async event => event`}, hello, hello},
}

var contextRows = []row{
	{"members", "", js(`exports.handler = async (event, context) => Object.keys(context).sort().join(" ")`),
		`"awsRequestId callbackWaitsForEmptyEventLoop clientContext done fail functionName functionVersion getRemainingTimeInMillis identity invokedFunctionArn logGroupName logStreamName memoryLimitInMB succeed tenantId"`,
		`"awsRequestId clientContext functionName functionVersion getRemainingTimeInMillis identity invokedFunctionArn logGroupName logStreamName memoryLimitInMB tenantId xRayTraceId"`},
	{"values", "", js(`exports.handler = async (event, c) => [c.functionName, c.functionVersion, c.memoryLimitInMB, c.logGroupName, c.logStreamName.slice(10, 14), c.invokedFunctionArn, c.awsRequestId.length, c.getRemainingTimeInMillis() > 0, c.clientContext, c.identity, c.tenantId]`),
		`["us-east-1.function","1","128","/aws/lambda/us-east-1.function","/[1]","arn:aws:lambda:us-east-1:123456789012:function:function:1",36,true,null,null,null]`,
		`["us-east-1.function","1","128","/aws/lambda/us-east-1.function","/[1]","arn:aws:lambda:us-east-1:123456789012:function:function:1",36,true,null,null,null]`},
	{"waits", "", js(`exports.handler = async (event, c) => c.callbackWaitsForEmptyEventLoop`), `true`, `null`},
	{"trace", "", js(`exports.handler = async (event, c) => [/^Root=1-/.test(process.env._X_AMZN_TRACE_ID), c.xRayTraceId === process.env._X_AMZN_TRACE_ID]`), `[true,false]`, `[true,true]`},
	{"environment", "", js(`exports.handler = async () => [process.env.AWS_EXECUTION_ENV, process.env._HANDLER, process.env.LAMBDA_TASK_ROOT === __dirname, process.cwd() === __dirname, typeof process.env.LAMBDA_RUNTIME_DIR]`),
		`["AWS_Lambda_nodejs22.x","index.handler",true,true,"string"]`, `["AWS_Lambda_nodejs24.x","index.handler",true,true,"string"]`},
	{"globals", "", js(`exports.handler = async () => [typeof awslambda.streamifyResponse, typeof awslambda.HttpResponseStream.from, typeof console.fatal]`), `["function","function","function"]`, `["function","function","function"]`},
	{"arguments", "", js(`exports.handler = async function () { return arguments.length }`), `3`, `2`},
}

var streamRows = []row{
	{"stream", "", js(`exports.handler = awslambda.streamifyResponse(async (event, out) => { out.write(JSON.stringify(event).slice(0, 5)); out.write(JSON.stringify(event).slice(5)); out.end() })`), hello, hello},
	{"stream-object", "", js(`exports.handler = awslambda.streamifyResponse(async (event, out) => { out.write(event); out.end() })`), hello, hello},
	{"stream-metadata", "", js(`exports.handler = awslambda.streamifyResponse(async (event, out) => { out = awslambda.HttpResponseStream.from(out, { statusCode: 200 }); out.write("x"); out.end() })`), "{\"statusCode\":200}\x00\x00\x00\x00\x00\x00\x00\x00x", "{\"statusCode\":200}\x00\x00\x00\x00\x00\x00\x00\x00x"},
	{"stream-throws", "", js(`exports.handler = awslambda.streamifyResponse(async (event, out) => { out.write("x"); throw new RangeError("no") })`), "reported: RangeError: no", "reported: RangeError: no"},
	{"stream-not-async", "", js(`exports.handler = awslambda.streamifyResponse((event, out) => { out.end("x") })`), "x", "x"},
	{"stream-not-ended", "", js(`exports.handler = awslambda.streamifyResponse(async (event, out) => { out.write("x") })`), timedOut, timedOut},
	{"stream-members", "", js(`exports.handler = awslambda.streamifyResponse(async (event, out, context) => { out.write(Object.keys(context).sort().join(" ")); out.end() })`),
		"awsRequestId callbackWaitsForEmptyEventLoop clientContext functionName functionVersion getRemainingTimeInMillis identity invokedFunctionArn logGroupName logStreamName memoryLimitInMB tenantId",
		"awsRequestId clientContext functionName functionVersion getRemainingTimeInMillis identity invokedFunctionArn logGroupName logStreamName memoryLimitInMB tenantId xRayTraceId"},
}
