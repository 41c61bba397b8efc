# The role of both functions. Lambda starts them in us-east-1 (lambda) and their replicas everywhere (edgelambda).
resource "aws_iam_role" "edge" {
  name_prefix = "${var.name}-"
  description = "Lambda@Edge functions of ${var.name}"
  tags        = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }
    }]
  })
}

# Logs, and nothing else, in every region: a replica writes to the one where it runs.
resource "aws_iam_role_policy" "logs" {
  name_prefix = "logs-"
  role        = aws_iam_role.edge.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = flatten([for group in values(local.log_groups) : ["arn:aws:logs:*:*:log-group:${group}", "arn:aws:logs:*:*:log-group:${group}:*"]])
    }]
  })
}
