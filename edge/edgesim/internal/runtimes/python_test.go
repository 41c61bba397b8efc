package runtimes_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/runtimes"
)

func py(code string) files { return files{"index.py": code} }

func handler(body string) files { return py("def handler(event, context):\n    " + body + "\n") }

// pythonRows are handlers and what becomes of the event {"hello":1}, as measured on AWS's awslambdaric 4.0.1 (its native part played by one
// that speaks to the Runtime API in Python).
var pythonRows = []struct {
	name    string
	handler string // "" is index.handler
	files   files
	want    string
}{
	{"return", "", handler(`return event`), `{"hello": 1}`},
	{"return-nothing", "", handler(`pass`), `null`},
	{"return-text", "", handler(`return "é"`), `"é"`},
	{"return-bytes", "", handler(`return b'{"raw":1}'`), `{"raw":1}`},
	{"return-bytes-inside", "", handler(`return {"body": b"raw"}`), `{"body": "raw"}`},
	{"return-decimal", "", handler(`import decimal; return [decimal.Decimal("1"), decimal.Decimal("1.5")]`), `[1, 1.5]`},
	{"return-nan", "", handler(`return float("nan")`), `NaN`},
	{"return-set", "", handler(`return {1}`), "reported: Runtime.MarshalError: Unable to marshal response: Object of type set is not JSON serializable"},
	{"async", "", py("async def handler(event, context):\n    return event\n"), "reported: Runtime.MarshalError: Unable to marshal response: Object of type coroutine is not JSON serializable"},
	{"large", "", handler(`return "x" * 6291555`), "reported: Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes)."},
	{"raise", "", handler(`raise ValueError("no")`), "reported: ValueError: no"},
	{"raise-own-class", "", py("class Own(Exception):\n    pass\ndef handler(event, context):\n    raise Own(1, 2)\n"), "reported: Own: (1, 2)"},
	{"exit", "", handler(`raise SystemExit(3)`), exited + "3"},
	{"os-exit", "", handler(`import os; os._exit(4)`), exited + "4"},
	{"sleep", "", handler(`import time; time.sleep(60)`), timedOut},

	{"one-parameter", "", py("def handler(event):\n    return event\n"), "reported: TypeError: handler() takes 1 positional argument but 2 were given"},
	{"member-missing", "", py("other = 1\n"), "init error: Runtime.HandlerNotFound: Handler 'handler' missing on module 'index'"},
	{"member-no-function", "", py("handler = 1\n"), "reported: TypeError: 'int' object is not callable"},
	{"syntax", "", py("def handler(:\n"), "init error: Runtime.UserCodeSyntaxError: Syntax error in module 'index': invalid syntax (index.py, line 1)"},
	{"import-missing", "", py("import nothing\n"), "init error: Runtime.ImportModuleError: Unable to import module 'index': No module named 'nothing'"},
	{"init-raise", "", py("raise ValueError('no')\n"), "init error: ValueError: no"},
	{"init-exit", "", py("raise SystemExit(3)\n"), exitedAtInit + "3"},
	{"built-in-module", "sys.handler", files{"sys.py": "def handler(event, context):\n    return event\n"}, "init error: Runtime.BuiltInModuleConflict: Cannot use built-in module sys as a handler module"},

	{"folder", "src/app.handler", files{"src/app.py": "def handler(event, context):\n    return event\n"}, `{"hello": 1}`},
	{"folder-by-dots", "src.app.handler", files{"src/app.py": "def handler(event, context):\n    return event\n"}, `{"hello": 1}`},
	{"package", "app.handler", files{"app/__init__.py": "def handler(event, context):\n    return event\n"}, `{"hello": 1}`},

	{"members", "", handler(`return " ".join(name for name in sorted(dir(context)) if name[0] != "_")`),
		`"aws_request_id client_context function_name function_version get_remaining_time_in_millis identity invoked_function_arn log log_group_name log_stream_name memory_limit_in_mb tenant_id"`},
	{"values", "", handler(`c = context; return [c.function_name, c.function_version, c.memory_limit_in_mb, c.log_group_name, c.log_stream_name[10:14], c.invoked_function_arn, len(c.aws_request_id), c.get_remaining_time_in_millis() > 0, c.client_context, c.identity.cognito_identity_id, c.identity.cognito_identity_pool_id, c.tenant_id]`),
		`["us-east-1.function", "1", "128", "/aws/lambda/us-east-1.function", "/[1]", "arn:aws:lambda:us-east-1:123456789012:function:function:1", 36, true, null, null, null, null]`},
	{"environment", "", handler(`import os, sys; e = os.environ; return [e["AWS_EXECUTION_ENV"], e["_HANDLER"], e["LAMBDA_TASK_ROOT"] == os.getcwd(), sys.path[0] == os.getcwd(), e["_X_AMZN_TRACE_ID"][:7]]`),
		`["AWS_Lambda_python3.13", "index.handler", true, true, "Root=1-"]`},
	{"logging", "", handler(`import logging; return len(logging.getLogger().handlers)`), `1`},
}

// TestPythonOutcomes runs the handlers on the Python that is there, by the rules of python3.13.
func TestPythonOutcomes(t *testing.T) {
	t.Parallel()
	require(t, "python3")
	python, err := runtimes.FindPython()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range pythonRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, r.files)
			p := openOnce(t, runtimes.Config{Path: dir, Handler: r.handler, Runtime: "python3.13", Timeout: timeout(r.want)}, python)
			compare(t, p, dir, r.want)
		})
	}
}
