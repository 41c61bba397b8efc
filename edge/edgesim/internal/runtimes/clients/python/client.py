"""Runs a handler by the rules of Lambda's Python runtimes, as measured on AWS's awslambdaric 4.0.1: what it returns is its answer.
A module that replaces the process while it is imported (os.execv) never asks for an invocation."""

import decimal
import http.client
import importlib
import json
import logging
import os
import socket
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
    def __init__(self, request_id, deadline, arn):
        self.aws_request_id, self.invoked_function_arn, self._deadline = request_id, arn, int(deadline)
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.tenant_id = self.client_context = None
        self.identity = Identity()

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


class API:
    """The Runtime API, version 2018-06-01."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def call(self, method, path, body=None, headers={}):
        """An answer that Lambda refuses ends the process, as with AWS's client."""
        self.connection.request(method, BASE + path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 300:
            raise RuntimeError(f"Lambda refused {path}: {content.decode()}")
        return response.headers, content

    def next(self):
        headers, event = self.call("GET", "invocation/next")
        found = [headers.get("Lambda-Runtime-" + name) for name in ("Aws-Request-Id", "Deadline-Ms", "Invoked-Function-Arn", "Trace-Id")]
        return *found, event

    def post(self, kind, request_id, content):
        self.call("POST", f"invocation/{request_id}/{kind}", content)


class Channel:
    """The channel to the host (lambdahost's channel.go), where a host gives one: invocations and answers without HTTP. Its messages are a
    line of words, of which the last is the length of what follows."""

    def __init__(self, descriptor):
        self.socket = socket.socket(fileno=descriptor)
        self.socket.set_inheritable(False)
        self.reader = self.socket.makefile("rb")

    def next(self):
        self.socket.sendall(b"next 0\n")
        line = self.reader.readline()
        if not line:
            sys.exit(1)  # the host is gone
        _, *found, length = line.decode().split(" ")
        return *found, self.reader.read(int(length))

    def post(self, kind, request_id, content):
        self.socket.sendall(f"{kind} {request_id} {len(content)}\n".encode() + content)


def serve(source, handler, encoder, log):
    request_id, deadline, arn, trace, event = source.next()
    os.environ["_X_AMZN_TRACE_ID"] = trace or ""
    log.request_id = request_id
    try:
        answer = marshal(handler(json.loads(event), Context(request_id, deadline, arn)), encoder)
    except Exception as error:
        source.post("error", request_id, report(error, request_id).encode())
    else:
        source.post("response", request_id, answer)


def marshal(answer, encoder):
    if isinstance(answer, bytes):
        return answer
    try:
        return encoder.encode(answer).encode()
    except Exception as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}") from error


def main():
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    api, descriptor = API(os.environ["AWS_LAMBDA_RUNTIME_API"]), os.environ.pop("EDGESIM_CHANNEL", None)
    log = LogHandler(sys.stdout)
    logging.getLogger().addHandler(log)
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        api.call("POST", "init/error", report(error))
        sys.exit(1)
    minor = int(os.environ["AWS_EXECUTION_ENV"].rpartition(".")[2])
    encoder = Encoder(ensure_ascii=minor < 12)
    source = Channel(int(descriptor)) if descriptor else api
    while True:
        serve(source, handler, encoder, log)


main()
