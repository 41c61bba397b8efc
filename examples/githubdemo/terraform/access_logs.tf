# CloudFront's own log of requests, standard logging v2: a delivery of CloudWatch Logs, made in us-east-1 for every distribution.
# The legacy form needs a bucket with access lists.
locals {
  access_logs = var.access_log_destination == null ? toset([]) : toset(["site"])
}

resource "aws_cloudwatch_log_delivery_source" "access" {
  for_each = local.access_logs

  region       = local.edge_region
  name         = "${var.name}-access"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.site.arn
  tags         = var.tags
}

resource "aws_cloudwatch_log_delivery_destination" "access" {
  for_each = local.access_logs

  region        = local.edge_region
  name          = "${var.name}-access"
  output_format = "json"
  tags          = var.tags

  delivery_destination_configuration {
    destination_resource_arn = var.access_log_destination
  }
}

resource "aws_cloudwatch_log_delivery" "access" {
  for_each = local.access_logs

  region                   = local.edge_region
  delivery_source_name     = aws_cloudwatch_log_delivery_source.access[each.key].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.access[each.key].arn
  tags                     = var.tags
}
