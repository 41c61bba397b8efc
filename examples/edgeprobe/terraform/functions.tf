# The functions at the edge, in us-east-1.
resource "aws_lambda_function" "edge" {
  for_each = local.functions

  region        = local.edge_region
  function_name = "${var.name}-${each.value.name}"
  description   = "Answers below ${each.key}"
  role          = aws_iam_role.functions.arn

  filename         = "${local.packages}/${each.value.package}"
  source_code_hash = filebase64sha256("${local.packages}/${each.value.package}")
  handler          = "index.handler"
  runtime          = each.value.runtime
  architectures    = ["x86_64"]
  memory_size      = each.value.memory
  timeout          = each.value.timeout

  publish = true # CloudFront takes a numbered version only
  tags    = local.tags

  timeouts {
    delete = var.delete_timeout
  }

  # A function must be able to write its logs before it runs for the first time.
  depends_on = [aws_iam_role_policy.logs]
}

resource "aws_cloudfront_function" "body" {
  name    = "${var.name}-body"
  comment = "Answers with a body"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = file("${path.module}/../functions/cloudfront/body.js")
}
