# What the configuration says, on a plan of the real provider without an account. The rules are AWS's: "Restrictions on
# Lambda@Edge" and "Set up IAM permissions and roles for Lambda@Edge" in the CloudFront Developer Guide.

provider "aws" {
  region                      = "eu-west-1" # not the functions'
  access_key                  = "offline"
  secret_key                  = "offline"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

variables {
  packages = "tests/packages"
}

run "functions" {
  command = plan

  assert {
    condition     = keys(aws_lambda_function.edge) == ["origin-response", "viewer-request"]
    error_message = "Want one function for origin-response and one for viewer-request."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : f.region == "us-east-1"])
    error_message = "Lambda@Edge functions lie in us-east-1, whatever the default region."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : contains(keys(local.runtimes), f.runtime)])
    error_message = "Lambda@Edge takes Node.js and Python runtimes only, and none that is deprecated."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : f.handler == "index.handler" && f.package_type == "Zip"])
    error_message = "edgepack's zips have the handler index.handler."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : f.publish == true])
    error_message = "CloudFront takes a published version only."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : join(",", f.architectures) == "x86_64"])
    error_message = "Lambda@Edge runs x86_64 only."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : f.memory_size <= 128 && f.timeout <= 5])
    error_message = "On viewer triggers more than 128 MB or 5 s was seen to be refused."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : try(length(f.environment), 0) == 0])
    error_message = "Lambda@Edge functions have no environment variables."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : try(length(f.layers), 0) == 0])
    error_message = "Lambda@Edge functions have no layers."
  }
  assert {
    condition = alltrue([for f in aws_lambda_function.edge :
    try(length(f.vpc_config), 0) == 0 && try(length(f.dead_letter_config), 0) == 0 && try(length(f.file_system_config), 0) == 0 && try(length(f.image_config), 0) == 0])
    error_message = "Lambda@Edge functions have no VPC, dead-letter queue, file system or image."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : try(f.kms_key_arn, null) == null && try(f.source_kms_key_arn, null) == null && f.s3_bucket == null])
    error_message = "Lambda@Edge takes neither a key of your own nor code that stays in a bucket of yours."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : length(f.function_name) <= 64])
    error_message = "A function's name has at most 64 characters."
  }
  assert {
    condition     = alltrue([for event, f in aws_lambda_function.edge : f.filename == "tests/packages/${replace(event, "-", "")}.zip" && f.source_code_hash == filebase64sha256(f.filename)])
    error_message = "Each function is its own zip, and a change of the zip changes the function."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : try(f.timeouts.delete, "") == "60m" && f.skip_destroy == false])
    error_message = "Replicas go away slowly: want an hour of tries, and no function left behind unless asked for."
  }
}

run "role" {
  command = plan

  assert {
    condition     = toset(flatten([for s in jsondecode(aws_iam_role.edge.assume_role_policy).Statement : s.Principal.Service if s.Effect == "Allow" && s.Action == "sts:AssumeRole"])) == toset(["lambda.amazonaws.com", "edgelambda.amazonaws.com"])
    error_message = "The role trusts lambda.amazonaws.com and edgelambda.amazonaws.com, and no one else."
  }
  assert {
    condition = alltrue([for s in jsondecode(aws_iam_role.edge.assume_role_policy).Statement : keys(s.Principal) == ["Service"]])

    error_message = "Services alone may take the role."
  }
  assert {
    condition     = toset(flatten([for s in jsondecode(aws_iam_role_policy.logs.policy).Statement : s.Action])) == toset(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The functions write logs and may do nothing else."
  }
  assert {
    condition     = alltrue([for r in flatten([for s in jsondecode(aws_iam_role_policy.logs.policy).Statement : s.Resource]) : startswith(r, "arn:aws:logs:*:*:log-group:/aws/lambda/us-east-1.githubdemo-")])
    error_message = "The functions write to their own log groups, in every region."
  }
  assert {
    condition     = alltrue([for f in aws_lambda_function.edge : contains(flatten([for s in jsondecode(aws_iam_role_policy.logs.policy).Statement : s.Resource]), "arn:aws:logs:*:*:log-group:/aws/lambda/us-east-1.${f.function_name}:*")])
    error_message = "Each function may write to its log group."
  }
}

run "logs" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_log_group.edge) == 2 * length(var.log_regions) && length(var.log_regions) > 0
    error_message = "Want a log group for each function in each region."
  }
  assert {
    condition     = alltrue([for key, g in aws_cloudwatch_log_group.edge : g.region == split("/", key)[0] && contains([for f in aws_lambda_function.edge : "/aws/lambda/us-east-1.${f.function_name}"], g.name)])
    error_message = "A replica logs to /aws/lambda/us-east-1.<function> in the region where it runs."
  }
  assert {
    condition     = alltrue([for g in aws_cloudwatch_log_group.edge : g.retention_in_days > 0])
    error_message = "No log is kept forever."
  }
}

run "bucket" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.site.block_public_acls,
      aws_s3_bucket_public_access_block.site.block_public_policy,
      aws_s3_bucket_public_access_block.site.ignore_public_acls,
      aws_s3_bucket_public_access_block.site.restrict_public_buckets,
    ])
    error_message = "All four blocks of public access are on."
  }
  assert {
    condition     = [for r in aws_s3_bucket_ownership_controls.site.rule : r.object_ownership] == ["BucketOwnerEnforced"]
    error_message = "Access lists have no effect: BucketOwnerEnforced."
  }
  assert {
    condition     = alltrue([for r in aws_s3_bucket_server_side_encryption_configuration.site.rule : alltrue([for d in r.apply_server_side_encryption_by_default : d.sse_algorithm == "AES256"])])
    error_message = "Objects are encrypted with S3's key: CloudFront could not use one of KMS without a policy for it."
  }
  assert {
    condition     = aws_s3_bucket_versioning.site.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket keeps versions."
  }
  assert {
    condition     = aws_s3_bucket.site.force_destroy == false
    error_message = "Nothing that others put into the bucket is deleted unasked."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,36}$", aws_s3_bucket.site.bucket_prefix))
    error_message = "A bucket's name has no capitals, and its prefix at most 37 characters."
  }
}

run "pages" {
  command = plan

  assert {
    condition     = length(setsubtract(["index.html", "other.html", "404.html", "script.js", "form.js", "config.js", "style.css"], keys(aws_s3_object.page))) == 0
    error_message = "All pages are uploaded."
  }
  assert {
    condition     = alltrue([for key, o in aws_s3_object.page : o.key == key && can(regex("^(text/(css|html|javascript); charset=utf-8|image/svg[+]xml)$", o.content_type))])
    error_message = "A page has the content type of its kind: browsers are told not to guess (X-Content-Type-Options)."
  }
  assert {
    condition     = alltrue([for o in aws_s3_object.page : o.source_hash == filesha256(o.source) && o.cache_control == "public, max-age=300"])
    error_message = "A changed page is uploaded again, and kept no longer than five minutes by caches."
  }
}

run "distribution" {
  command = plan

  assert {
    condition     = aws_cloudfront_distribution.site.default_root_object == "index.html"
    error_message = "The root is index.html, without a slash before it."
  }
  assert {
    condition     = aws_cloudfront_distribution.site.http_version == "http2and3" && aws_cloudfront_distribution.site.is_ipv6_enabled && aws_cloudfront_distribution.site.enabled
    error_message = "Want HTTP/2 and HTTP/3 over IPv4 and IPv6."
  }
  assert {
    condition     = aws_cloudfront_origin_access_control.site.signing_behavior == "always" && aws_cloudfront_origin_access_control.site.signing_protocol == "sigv4" && aws_cloudfront_origin_access_control.site.origin_access_control_origin_type == "s3"
    error_message = "CloudFront signs every request to the bucket."
  }
}

run "bucket_with_a_name" {
  command = plan

  variables {
    bucket_name = "example-site-bucket"
  }

  assert {
    condition     = aws_s3_bucket.site.bucket == "example-site-bucket"
    error_message = "The bucket has the name asked for."
  }
}
