"""Runs a handler by the rules of Lambda's Python runtimes, as measured on AWS's awslambdaric 4.0.1: what it returns is its answer.
A module that replaces the process while it is imported (os.execv) never asks for an invocation."""

import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

BASE = "/2018-06-01/runtime/"


class Fault(Exception):
    """An error that Lambda names itself."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind, self.trace = "Runtime." + kind, list(trace)


class Identity:
    """context.identity: without values in a function that CloudFront calls."""

    cognito_identity_id = cognito_identity_pool_id = None


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers.get("Lambda-Runtime-Invoked-Function-Arn")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.tenant_id = self.client_context = None
        self.identity = Identity()
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class LogHandler(logging.StreamHandler):
    """The handler that the root logger has in Lambda; with it there, logging.basicConfig does nothing."""

    request_id = ""

    def format(self, record):
        when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return f"[{record.levelname}]\t{when}.{int(record.msecs):03d}Z\t{self.request_id}\t{super().format(record)}"


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, decimal.Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return super().default(value)


def load(name):
    module, dot, member = name.rpartition(".")
    if not dot:
        raise Fault("MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    if module.split(".")[0] in sys.builtin_module_names:
        raise Fault("BuiltInModuleConflict", f"Cannot use built-in module {module} as a handler module")
    try:
        found = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise Fault("ImportModuleError", f"Unable to import module '{module}': {error}") from error
    except SyntaxError as error:
        where = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault("UserCodeSyntaxError", f"Syntax error in module '{module}': {error}", [where]) from error
    if not hasattr(found, member):
        raise Fault("HandlerNotFound", f"Handler '{member}' missing on module '{module}'")
    return getattr(found, member)


def report(error, request_id=""):
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
        kind, trace = type(error).__name__, traceback.format_list(frames)
    print(f"[ERROR] {kind}: {error}", *(line.rstrip("\n") for line in trace), sep="\n")
    return json.dumps({"errorMessage": str(error), "errorType": kind, "requestId": request_id, "stackTrace": trace})


class Client:
    def __init__(self, api):
        self.connection = http.client.HTTPConnection(api)

    def call(self, method, path, body=None, headers={}):
        """An answer that Lambda refuses ends the process, as with AWS's client."""
        self.connection.request(method, BASE + path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 300:
            raise RuntimeError(f"Lambda refused {path}: {content.decode()}")
        return response.headers, content

    def serve(self, handler, encoder, log):
        headers, event = self.call("GET", "invocation/next")
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        context = Context(headers)
        log.request_id = context.aws_request_id
        path = "invocation/" + context.aws_request_id
        try:
            answer = marshal(handler(json.loads(event), context), encoder)
        except Exception as error:
            self.call("POST", path + "/error", report(error, context.aws_request_id))
        else:
            self.call("POST", path + "/response", answer)


def marshal(answer, encoder):
    if isinstance(answer, bytes):
        return answer
    try:
        return encoder.encode(answer).encode()
    except Exception as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}") from error


def main():
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    client = Client(os.environ["AWS_LAMBDA_RUNTIME_API"])
    log = LogHandler(sys.stdout)
    logging.getLogger().addHandler(log)
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        client.call("POST", "init/error", report(error))
        sys.exit(1)
    minor = int(os.environ["AWS_EXECUTION_ENV"].rpartition(".")[2])
    encoder = Encoder(ensure_ascii=minor < 12)
    while True:
        client.serve(handler, encoder, log)


main()
