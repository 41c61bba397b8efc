locals {
  all_methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]

  # The triggers, and whether the function sees the request's body.
  all_triggers = { viewer-request = true, origin-request = true, origin-response = false, viewer-response = false }
}

resource "aws_cloudfront_distribution" "probe" {
  enabled             = true
  comment             = var.name
  default_root_object = "index.html"
  http_version        = "http2and3"
  is_ipv6_enabled     = true
  price_class         = "PriceClass_All" # the answers come from where the volunteer is
  tags                = local.tags
  wait_for_deployment = var.wait_for_deployment

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site.id
  }

  origin {
    origin_id                = "origin"
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.origin.function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.origin.id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = aws_cloudfront_cache_policy.probe["day"].id

    dynamic "lambda_function_association" {
      for_each = ["viewer-request", "origin-request"]

      content {
        event_type = lambda_function_association.value
        lambda_arn = aws_lambda_function.edge["/ask/*"].qualified_arn
      }
    }
  }

  # Written out one by one, so that a plan says which policy each of them has.
  ordered_cache_behavior {
    path_pattern             = "/ask/*"
    target_origin_id         = "origin"
    viewer_protocol_policy   = "allow-all"
    allowed_methods          = local.all_methods
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = aws_cloudfront_cache_policy.probe["day"].id
    origin_request_policy_id = aws_cloudfront_origin_request_policy.probe.id

    dynamic "lambda_function_association" {
      for_each = local.all_triggers

      content {
        event_type   = lambda_function_association.key
        lambda_arn   = aws_lambda_function.edge["/ask/*"].qualified_arn
        include_body = lambda_function_association.value
      }
    }
  }

  ordered_cache_behavior {
    path_pattern             = "/zero/*"
    target_origin_id         = "origin"
    viewer_protocol_policy   = "allow-all"
    allowed_methods          = local.all_methods
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = aws_cloudfront_cache_policy.probe["zero"].id
    origin_request_policy_id = aws_cloudfront_origin_request_policy.probe.id

    dynamic "lambda_function_association" {
      for_each = local.all_triggers

      content {
        event_type   = lambda_function_association.key
        lambda_arn   = aws_lambda_function.edge["/ask/*"].qualified_arn
        include_body = lambda_function_association.value
      }
    }
  }

  ordered_cache_behavior {
    path_pattern             = "/signed/*"
    target_origin_id         = "origin"
    viewer_protocol_policy   = "allow-all"
    allowed_methods          = local.all_methods
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = aws_cloudfront_cache_policy.probe["day"].id
    origin_request_policy_id = local.all_viewer_but_host
    trusted_key_groups       = [aws_cloudfront_key_group.probe.id]

    dynamic "lambda_function_association" {
      for_each = local.all_triggers

      content {
        event_type   = lambda_function_association.key
        lambda_arn   = aws_lambda_function.edge["/ask/*"].qualified_arn
        include_body = lambda_function_association.value
      }
    }
  }

  ordered_cache_behavior {
    path_pattern           = "/body/*"
    target_origin_id       = "site"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = local.caching_disabled

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.body.arn
    }
  }

  # One runtime each, and the trial.
  dynamic "ordered_cache_behavior" {
    for_each = { for pattern, function in aws_lambda_function.edge : pattern => function if pattern != "/ask/*" }

    content {
      path_pattern           = ordered_cache_behavior.key
      target_origin_id       = "site"
      viewer_protocol_policy = "allow-all"
      allowed_methods        = ["GET", "HEAD"]
      cached_methods         = ["GET", "HEAD"]
      cache_policy_id        = local.caching_disabled

      lambda_function_association {
        event_type = "viewer-request"
        lambda_arn = ordered_cache_behavior.value.qualified_arn
      }
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
