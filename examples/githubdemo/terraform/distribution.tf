locals {
  # AWS's managed cache policy CachingOptimized: the query string is not in the key (the pages do not depend on it, and
  # viewer-request functions see it whatever the policy), Accept-Encoding is, for gzip and brotli.
  caching_optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"

  origin_id = "site"
}

resource "aws_cloudfront_origin_access_control" "site" {
  name                              = "${var.name}-site"
  description                       = "Signs CloudFront's requests to the bucket of ${var.name}"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "site" {
  enabled             = true
  comment             = var.name
  default_root_object = "index.html"
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = var.price_class
  aliases             = var.aliases
  wait_for_deployment = var.wait_for_deployment
  web_acl_id          = var.web_acl_id
  tags                = var.tags

  origin {
    origin_id                = local.origin_id
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }

  default_cache_behavior {
    target_origin_id       = local.origin_id
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = local.caching_optimized

    # No origin request policy: the bucket needs nothing of the viewer's, and the viewer's Host would break the signature.

    dynamic "lambda_function_association" {
      for_each = aws_lambda_function.edge

      content {
        event_type   = lambda_function_association.key
        lambda_arn   = lambda_function_association.value.qualified_arn
        include_body = false
      }
    }
  }

  # The bucket answers 403 for a key that it does not have, because CloudFront may not list it.
  dynamic "custom_error_response" {
    for_each = [403, 404]

    content {
      error_code            = custom_error_response.value
      response_code         = 404
      response_page_path    = "/404.html"
      error_caching_min_ttl = 10
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = var.geo_restriction.type
      locations        = var.geo_restriction.locations
    }
  }

  # With its own certificate CloudFront sets the oldest TLS itself, and any other value would differ at every plan.
  viewer_certificate {
    cloudfront_default_certificate = var.certificate_arn == null
    acm_certificate_arn            = var.certificate_arn
    minimum_protocol_version       = var.certificate_arn == null ? null : var.minimum_protocol_version
    ssl_support_method             = var.certificate_arn == null ? null : "sni-only"
  }
}
