locals {
  # AWS's managed policies CachingDisabled and AllViewerExceptHostHeader.
  caching_disabled      = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer_but_host   = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  default_ttl_by_policy = { day = 86400, zero = 0 }
}

# Every query string is in the key, and what the origin says counts from 0 on.
resource "aws_cloudfront_cache_policy" "probe" {
  for_each = local.default_ttl_by_policy

  name        = "${var.name}-${each.key}"
  comment     = var.name
  min_ttl     = 0
  default_ttl = each.value
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip   = true
    enable_accept_encoding_brotli = true

    headers_config {
      header_behavior = "none"
    }
    cookies_config {
      cookie_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "all"
    }
  }
}

# No cookies: where they go to the origin, CloudFront neither collapses requests nor answers with a 304 of its own.
resource "aws_cloudfront_origin_request_policy" "probe" {
  name    = var.name
  comment = var.name

  headers_config {
    header_behavior = "whitelist"
    headers {
      items = ["X-Probe-Fail"]
    }
  }
  cookies_config {
    cookie_behavior = "none"
  }
  query_strings_config {
    query_string_behavior = "all"
  }
}
