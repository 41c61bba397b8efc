# Lambda makes a log group where there is none, and keeps it forever. Made ahead, it has a retention.
resource "aws_cloudwatch_log_group" "edge" {
  for_each = { for pair in setproduct(var.log_regions, keys(local.log_groups)) : "${pair[0]}/${pair[1]}" => {
    region = pair[0]
    name   = local.log_groups[pair[1]]
  } }

  region            = each.value.region
  name              = each.value.name
  retention_in_days = var.log_retention_days
  tags              = var.tags
}
