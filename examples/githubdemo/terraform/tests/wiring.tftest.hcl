# What the resources tell each other, under a mocked provider applied: no account, and every computed value known.

mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = {
      id                          = "githubdemo-0123"
      arn                         = "arn:aws:s3:::githubdemo-0123"
      bucket_regional_domain_name = "githubdemo-0123.s3.eu-west-1.amazonaws.com"
      bucket_domain_name          = "githubdemo-0123.s3.amazonaws.com"
      website_endpoint            = "githubdemo-0123.s3-website-eu-west-1.amazonaws.com"
    }
  }
  mock_resource "aws_iam_role" {
    defaults = {
      id  = "githubdemo-role"
      arn = "arn:aws:iam::111122223333:role/githubdemo-role"
    }
  }
  mock_resource "aws_cloudfront_origin_access_control" {
    defaults = { id = "E0ACCESSCONTROL" }
  }
  mock_resource "aws_cloudwatch_log_delivery_destination" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:delivery-destination:githubdemo-access" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = {
      id             = "EDFDVBD6EXAMPLE"
      arn            = "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE"
      domain_name    = "d111111abcdef8.cloudfront.net"
      hosted_zone_id = "Z2FDTNDATAQYW2"
    }
  }
}

override_resource {
  target = aws_lambda_function.edge["viewer-request"]
  values = {
    arn           = "arn:aws:lambda:us-east-1:111122223333:function:viewer"
    qualified_arn = "arn:aws:lambda:us-east-1:111122223333:function:viewer:7"
    version       = "7"
  }
}

override_resource {
  target = aws_lambda_function.edge["origin-response"]
  values = {
    arn           = "arn:aws:lambda:us-east-1:111122223333:function:origin"
    qualified_arn = "arn:aws:lambda:us-east-1:111122223333:function:origin:3"
    version       = "3"
  }
}

variables {
  packages = "tests/packages"
}

run "associations" {
  assert {
    condition = { for a in aws_cloudfront_distribution.site.default_cache_behavior[0].lambda_function_association : a.event_type => a.lambda_arn... } == {
      viewer-request  = ["arn:aws:lambda:us-east-1:111122223333:function:viewer:7"]
      origin-response = ["arn:aws:lambda:us-east-1:111122223333:function:origin:3"]
    }
    error_message = "Each trigger has one function, its own, in a numbered version."
  }
  assert {
    condition     = alltrue([for a in aws_cloudfront_distribution.site.default_cache_behavior[0].lambda_function_association : can(regex(":[1-9][0-9]*$", a.lambda_arn))])
    error_message = "CloudFront takes a numbered version: neither $LATEST nor an alias nor an unqualified ARN."
  }
  assert {
    condition     = alltrue([for a in aws_cloudfront_distribution.site.default_cache_behavior[0].lambda_function_association : a.include_body == false])
    error_message = "No function reads a body, and response triggers cannot."
  }
  assert {
    condition     = length(aws_cloudfront_distribution.site.ordered_cache_behavior) == 0 && try(length(aws_cloudfront_distribution.site.default_cache_behavior[0].function_association), 0) == 0
    error_message = "One behavior for all paths, and no CloudFront Function beside the Lambda functions."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : alltrue([for t in f.tracing_config : t.mode != "Active"])])
    error_message = "Lambda@Edge functions have no X-Ray tracing."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : alltrue([for e in f.ephemeral_storage : try(e.size <= 512, true)])])
    error_message = "Lambda@Edge functions have at most 512 MB of ephemeral storage."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : alltrue([for setting in ["snap_start", "durable_config", "capacity_provider_config", "tenancy_config"] : try(length(f[setting]), 0) == 0])])
    error_message = "Nothing of Lambda's that Lambda@Edge does not name: no SnapStart, durable function, capacity provider or tenancy."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : f.role == "arn:aws:iam::111122223333:role/githubdemo-role"])
    error_message = "The functions have the role of this stack."
  }
  assert {
    condition     = aws_iam_role_policy.logs.role == "githubdemo-role"
    error_message = "The permission to write logs is the role's."
  }
}

run "origin" {
  assert {
    condition     = [for o in aws_cloudfront_distribution.site.origin : o.domain_name] == ["githubdemo-0123.s3.eu-west-1.amazonaws.com"]
    error_message = "The only origin is the bucket under its regional name: the website endpoint is public and has no https."
  }
  assert {
    condition     = alltrue([for o in aws_cloudfront_distribution.site.origin : o.origin_access_control_id == "E0ACCESSCONTROL" && try(length(o.custom_origin_config), 0) == 0])
    error_message = "CloudFront reads the bucket through its origin access control."
  }
  assert {
    condition     = [for o in aws_cloudfront_distribution.site.origin : o.origin_id] == [aws_cloudfront_distribution.site.default_cache_behavior[0].target_origin_id]
    error_message = "The behavior's origin is the bucket."
  }
  assert {
    condition = alltrue([for bucket in [
      aws_s3_bucket_public_access_block.site.bucket, aws_s3_bucket_ownership_controls.site.bucket, aws_s3_bucket_versioning.site.bucket,
      aws_s3_bucket_server_side_encryption_configuration.site.bucket, aws_s3_bucket_policy.site.bucket,
    ] : bucket == "githubdemo-0123"])
    error_message = "The bucket's settings are those of the pages' bucket."
  }
}

run "nothing_of_the_guards_unless_asked_for" {
  assert {
    condition     = aws_cloudfront_distribution.site.web_acl_id == null
    error_message = "No web ACL unless one is named."
  }
  assert {
    condition     = length(aws_cloudwatch_log_delivery.access) + length(aws_cloudwatch_log_delivery_source.access) + length(aws_cloudwatch_log_delivery_destination.access) == 0
    error_message = "No access logs, which hold viewers' addresses, unless asked for."
  }
}

run "guards" {
  variables {
    web_acl_id             = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/11111111-2222-3333-4444-555555555555"
    access_log_destination = "arn:aws:logs:us-east-1:111122223333:log-group:/cloudfront/site"
  }

  assert {
    condition     = aws_cloudfront_distribution.site.web_acl_id == "arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/11111111-2222-3333-4444-555555555555"
    error_message = "The distribution has the web ACL that is named."
  }
  assert {
    condition     = [for s in aws_cloudwatch_log_delivery_source.access : "${s.region} ${s.log_type} ${s.resource_arn}"] == ["us-east-1 ACCESS_LOGS arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE"]
    error_message = "The source of the access logs is the distribution, in us-east-1."
  }
  assert {
    condition     = [for d in aws_cloudwatch_log_delivery_destination.access : d.delivery_destination_configuration[0].destination_resource_arn] == ["arn:aws:logs:us-east-1:111122223333:log-group:/cloudfront/site"]
    error_message = "The access logs go where they were asked for."
  }
  assert {
    condition     = alltrue([for d in aws_cloudwatch_log_delivery.access : d.delivery_source_name == "githubdemo-access"])
    error_message = "The delivery is from the distribution."
  }
}

run "bucket_policy" {
  assert {
    condition     = alltrue([for o in aws_s3_object.page : !contains(["public-read", "public-read-write", "authenticated-read", "aws-exec-read"], o.acl)])
    error_message = "No object has an access list that opens it."
  }
  assert {
    condition = [for s in jsondecode(aws_s3_bucket_policy.site.policy).Statement : s if s.Effect == "Allow"] == [{
      Sid       = "ReadByThisDistribution"
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::githubdemo-0123/*"
      Condition = { StringEquals = { "AWS:SourceArn" = "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE" } }
    }]
    error_message = "This distribution may read the objects, and no one may do anything else."
  }
  assert {
    condition     = anytrue([for s in jsondecode(aws_s3_bucket_policy.site.policy).Statement : s.Effect == "Deny" && s.Principal == "*" && s.Action == "s3:*" && try(s.Condition.Bool["aws:SecureTransport"], "") == "false"])
    error_message = "Plain HTTP is denied."
  }
}

run "behavior" {
  assert {
    condition     = aws_cloudfront_distribution.site.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "Plain HTTP is redirected to HTTPS."
  }
  assert {
    condition     = aws_cloudfront_distribution.site.default_cache_behavior[0].compress && aws_cloudfront_distribution.site.default_cache_behavior[0].cache_policy_id == "658327ea-f89d-4fab-a63d-7e88639e58f6"
    error_message = "Want compression and the managed cache policy CachingOptimized, which knows gzip and brotli."
  }
  assert {
    condition     = aws_cloudfront_distribution.site.default_cache_behavior[0].smooth_streaming != true
    error_message = "The pages are no Microsoft Smooth Streaming media."
  }
  assert {
    condition     = try(length(aws_cloudfront_distribution.site.default_cache_behavior[0].forwarded_values), 0) == 0
    error_message = "forwarded_values and a cache policy exclude each other."
  }
  assert {
    condition     = alltrue([for ttl in ["min_ttl", "default_ttl", "max_ttl"] : coalesce(aws_cloudfront_distribution.site.default_cache_behavior[0][ttl], 0) == 0])
    error_message = "Times to live and a cache policy exclude each other."
  }
  assert {
    condition     = aws_cloudfront_distribution.site.default_cache_behavior[0].response_headers_policy_id == null
    error_message = "The origin-response function sets the headers: a response headers policy would compete with it."
  }
  assert {
    condition     = aws_cloudfront_distribution.site.default_cache_behavior[0].origin_request_policy_id == null || aws_cloudfront_distribution.site.default_cache_behavior[0].origin_request_policy_id == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    error_message = "The viewer's Host breaks the signature for the bucket: no origin request policy, or AllViewerExceptHostHeader."
  }
  assert {
    condition     = toset(aws_cloudfront_distribution.site.default_cache_behavior[0].allowed_methods) == toset(["GET", "HEAD"]) && toset(aws_cloudfront_distribution.site.default_cache_behavior[0].cached_methods) == toset(["GET", "HEAD"])
    error_message = "The pages are read and not written."
  }
  assert {
    condition     = toset([for e in aws_cloudfront_distribution.site.custom_error_response : "${e.error_code} ${e.response_code} ${e.response_page_path} ${e.error_caching_min_ttl}"]) == toset(["403 404 /404.html 10", "404 404 /404.html 10"])
    error_message = "A missing object is a 404 with the site's own page, kept for 10 seconds."
  }
  assert {
    condition     = contains(keys(aws_s3_object.page), "404.html")
    error_message = "The page for a missing object is uploaded."
  }
}

run "own_certificate_of_cloudfront" {
  assert {
    condition     = [for v in aws_cloudfront_distribution.site.viewer_certificate : v.cloudfront_default_certificate] == [true] && try(length(aws_cloudfront_distribution.site.aliases), 0) == 0
    error_message = "Without aliases the certificate is CloudFront's."
  }
  assert {
    condition     = [for r in aws_cloudfront_distribution.site.restrictions : [for g in r.geo_restriction : g.restriction_type]] == [["none"]]
    error_message = "Every country is served unless asked otherwise."
  }
  assert {
    condition     = output.site_url == "https://d111111abcdef8.cloudfront.net/"
    error_message = "The site's URL is the distribution's."
  }
  assert {
    condition     = output.function_versions["viewer-request"] == "arn:aws:lambda:us-east-1:111122223333:function:viewer:7"
    error_message = "The outputs tell the versions."
  }
  assert {
    condition     = alltrue([for event, f in aws_lambda_function.edge : strcontains(output.log_commands[event], "'/aws/lambda/us-east-1.${f.function_name}'")])
    error_message = "The log commands name the functions' log groups."
  }
}

run "own_domain" {
  variables {
    aliases         = ["demo.example.com"]
    certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"
    geo_restriction = { type = "blacklist", locations = ["AQ"] }
    tags            = { team = "web" }
  }

  assert {
    condition     = [for v in aws_cloudfront_distribution.site.viewer_certificate : "${v.acm_certificate_arn} ${v.ssl_support_method} ${v.cloudfront_default_certificate}"] == ["arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555 sni-only false"]
    error_message = "An alias has its certificate."
  }
  assert {
    condition     = alltrue([for v in aws_cloudfront_distribution.site.viewer_certificate : contains(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"], v.minimum_protocol_version)])
    error_message = "Viewers use TLS 1.2 or newer."
  }
  assert {
    condition     = toset(aws_cloudfront_distribution.site.aliases) == toset(["demo.example.com"]) && output.site_url == "https://demo.example.com/"
    error_message = "The site is at the alias."
  }
  assert {
    condition     = [for r in aws_cloudfront_distribution.site.restrictions : [for g in r.geo_restriction : "${g.restriction_type} ${join(",", g.locations)}"]] == [["blacklist AQ"]]
    error_message = "The restriction is the one asked for."
  }
  assert {
    condition = alltrue([for tags in concat([aws_s3_bucket.site.tags, aws_iam_role.edge.tags, aws_cloudfront_distribution.site.tags],
    [for f in aws_lambda_function.edge : f.tags], [for g in aws_cloudwatch_log_group.edge : g.tags], [for o in aws_s3_object.page : o.tags]) : tags == tomap({ team = "web" })])
    error_message = "What can have the tags has them."
  }
}

run "bucket_is_not_renamed" {
  variables {
    name        = "renamed"
    bucket_name = "example-site-bucket"
  }

  expect_failures = [check.bucket_name]
}
