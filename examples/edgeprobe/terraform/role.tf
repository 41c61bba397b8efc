# The role of all functions. Lambda starts them in us-east-1 (lambda) and the replicas everywhere (edgelambda).
resource "aws_iam_role" "functions" {
  name        = var.name
  description = "Functions of ${var.name}"
  tags        = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }
    }]
  })
}

# Logs, and nothing else: replicas write to the region where they run.
resource "aws_iam_role_policy" "logs" {
  name = "logs"
  role = aws_iam_role.functions.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = [
        "arn:aws:logs:*:*:log-group:/aws/lambda/${local.edge_region}.${var.name}-*",
        "arn:aws:logs:*:*:log-group:/aws/lambda/${var.name}-*",
      ]
    }]
  })
}
