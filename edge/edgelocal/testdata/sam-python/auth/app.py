import base64


def handler(event, context):
    request = event["Records"][0]["cf"]["request"]
    body = request.get("body", {})
    if b"forbidden" in base64.b64decode(body.get("data", "")):
        return {"status": "403", "body": "not with this body"}
    return request
