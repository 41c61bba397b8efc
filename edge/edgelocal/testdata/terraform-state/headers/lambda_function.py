def lambda_handler(event, context):
    record = event["Records"][0]["cf"]
    response = record["response"]
    response["headers"]["x-bucket"] = [{"value": record["request"]["origin"]["s3"]["domainName"]}]
    return response
