from urllib.parse import parse_qs


def handler(event, context):
    request = event["Records"][0]["cf"]["request"]
    if request["uri"] == "/search":
        words = parse_qs(request["querystring"]).get("q", ["nothing"])
        return {"status": "200", "headers": {"content-type": [{"value": "text/plain"}]}, "body": "you look for " + words[0]}
    return request
