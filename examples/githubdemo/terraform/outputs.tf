output "site_url" {
  value       = "https://${length(var.aliases) == 0 ? aws_cloudfront_distribution.site.domain_name : sort(var.aliases)[0]}/"
  description = "Where the demo is."
}

output "distribution_id" {
  value       = aws_cloudfront_distribution.site.id
  description = "The distribution's id."
}

output "distribution_domain_name" {
  value       = aws_cloudfront_distribution.site.domain_name
  description = "CloudFront's own name of the distribution: what a DNS record of an alias points to."
}

output "distribution_hosted_zone_id" {
  value       = aws_cloudfront_distribution.site.hosted_zone_id
  description = "The zone of that name, for an alias record of Route 53."
}

output "bucket" {
  value       = aws_s3_bucket.site.id
  description = "The bucket of the pages."
}

output "function_versions" {
  value       = { for event, function in aws_lambda_function.edge : event => function.qualified_arn }
  description = "The version of each function that CloudFront runs, by trigger."
}

output "log_commands" {
  value       = { for event, group in local.log_groups : event => "aws logs tail '${group}' --since 1h --follow --region <region>" }
  description = "Shows the logs of each function; <region> is one that find_log_regions names."
}

output "find_log_regions" {
  value = join(" ", [
    "for region in $(aws ec2 describe-regions --region ${local.edge_region} --query 'Regions[].RegionName' --output text); do",
    "aws logs describe-log-streams --region \"$region\" --log-group-name '${local.log_groups["viewer-request"]}' --limit 1 --query 'length(logStreams)' --output text 2>/dev/null | grep -qx 1 && echo \"$region\";",
    "done",
  ])
  description = "Prints the regions where the viewer-request function has written logs: they lie where it ran, near the viewers."
}

output "invalidate_command" {
  value       = "aws cloudfront create-invalidation --distribution-id ${aws_cloudfront_distribution.site.id} --paths '/*'"
  description = "Makes CloudFront fetch all pages anew, after a change that cannot wait for their five minutes."
}
