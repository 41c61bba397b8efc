variable "web_acl_id" {
  type        = string
  default     = null
  description = "ARN of a web ACL of AWS WAF for the distribution (scope CLOUDFRONT, in us-east-1). Unset, none."

  validation {
    condition     = var.web_acl_id == null || can(regex("^arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/[^/]+/[0-9a-f-]+$", var.web_acl_id))
    error_message = "web_acl_id: CloudFront takes a web ACL of AWS WAF with the scope CLOUDFRONT: want arn:aws:wafv2:us-east-1:<account>:global/webacl/<name>/<id>."
  }
}

variable "access_log_destination" {
  type        = string
  default     = null
  description = "ARN of the log group (in us-east-1), bucket or Firehose stream that gets CloudFront's access logs (standard logging v2). They hold viewers' IP addresses. Unset, there are none."

  validation {
    condition     = var.access_log_destination == null || can(regex("^arn:aws:(logs:us-east-1:[0-9]{12}:log-group:[^:*]+|s3:::[^*]+|firehose:us-east-1:[0-9]{12}:deliverystream/.+)$", var.access_log_destination))
    error_message = "access_log_destination: want arn:aws:logs:us-east-1:<account>:log-group:<name> (without :* at the end), arn:aws:s3:::<bucket>[/<prefix>] or arn:aws:firehose:us-east-1:<account>:deliverystream/<name>."
  }
}
