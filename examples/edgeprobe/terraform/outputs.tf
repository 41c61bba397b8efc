output "url" {
  value       = "https://${aws_cloudfront_distribution.probe.domain_name}"
  description = "The distribution, for edgeprobe -url."
}

output "key_id" {
  value       = aws_cloudfront_public_key.probe.id
  description = "CloudFront's id of the public key, for edgeprobe -key-id."
}

output "functions" {
  value       = { for pattern, function in aws_lambda_function.edge : pattern => function.function_name }
  description = "The functions at the edge, by path pattern. The logs of each are in the regions where it ran, in /aws/lambda/us-east-1.NAME."
}
