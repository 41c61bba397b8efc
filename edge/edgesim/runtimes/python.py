"""Runs a Python handler against the Runtime API, as Lambda's Python runtimes do: import the module, then one event after the other.
A module that replaces the process while it is imported (os.execv) never comes back here."""

import http.client
import importlib
import json
import os
import sys
import time
import traceback

BASE = "/2018-06-01/runtime/"


def call(connection, method, path, body=None):
    connection.request(method, BASE + path, body)
    response = connection.getresponse()
    return response.headers, response.read()


def report(error):
    return json.dumps({
        "errorType": type(error).__name__,
        "errorMessage": str(error),
        "stackTrace": traceback.format_tb(error.__traceback__),
    })


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers.get("Lambda-Runtime-Invoked-Function-Arn")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def main():
    sys.path.insert(0, os.environ.get("LAMBDA_TASK_ROOT", os.getcwd()))
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    module, _, member = os.environ["_HANDLER"].rpartition(".")
    try:
        handler = getattr(importlib.import_module(module.replace("/", ".")), member)
    except BaseException as error:
        call(connection, "POST", "init/error", report(error))
        sys.exit(1)
    while True:
        headers, event = call(connection, "GET", "invocation/next")
        context = Context(headers)
        path = "invocation/" + context.aws_request_id
        try:
            answer = json.dumps(handler(json.loads(event), context))
        except Exception as error:
            call(connection, "POST", path + "/error", report(error))
        else:
            call(connection, "POST", path + "/response", answer)


main()
