# The origin: a function of Lambda, behind a function URL that only this distribution may ask.
resource "aws_lambda_function" "origin" {
  region        = local.edge_region
  function_name = "${var.name}-origin"
  description   = "Origin of ${var.name}"
  role          = aws_iam_role.functions.arn

  filename         = "${local.packages}/origin.zip"
  source_code_hash = filebase64sha256("${local.packages}/origin.zip")
  handler          = "bootstrap"
  runtime          = "provided.al2023"
  architectures    = ["x86_64"]
  memory_size      = 256
  timeout          = 30
  tags             = local.tags

  depends_on = [aws_iam_role_policy.logs, aws_cloudwatch_log_group.origin]
}

# Made here, it goes when the stack goes.
resource "aws_cloudwatch_log_group" "origin" {
  region            = local.edge_region
  name              = "/aws/lambda/${var.name}-origin"
  retention_in_days = 1
  tags              = local.tags
}

resource "aws_lambda_function_url" "origin" {
  region             = local.edge_region
  function_name      = aws_lambda_function.origin.function_name
  authorization_type = "AWS_IAM"
  invoke_mode        = "RESPONSE_STREAM"
}

# Both rights, as "Restrict access to an AWS Lambda function URL origin" has it.
resource "aws_lambda_permission" "origin" {
  for_each = toset(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"])

  region        = local.edge_region
  function_name = aws_lambda_function.origin.function_name
  action        = each.value
  principal     = "cloudfront.amazonaws.com"
  source_arn    = aws_cloudfront_distribution.probe.arn

  # No other way than the function URL.
  invoked_via_function_url = each.value == "lambda:InvokeFunction" ? true : null
}

resource "aws_cloudfront_origin_access_control" "origin" {
  name                              = "${var.name}-origin"
  description                       = "Signs CloudFront's requests to the origin of ${var.name}"
  origin_access_control_origin_type = "lambda"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}
