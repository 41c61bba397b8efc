# What is stopped before anything is made: in each of these runs every value is a mistake, and each must be refused.

mock_provider "aws" {}

variables {
  packages = "tests/packages"
}

run "capitals_and_an_alias_alone" {
  command = plan

  variables {
    name                     = "GithubDemo"
    bucket_name              = "My-Site"
    aliases                  = ["demo.example.com"]
    runtime                  = "provided.al2023"
    timeout                  = 30
    log_retention_days       = 0
    log_regions              = ["Frankfurt"]
    price_class              = "PriceClass_300"
    geo_restriction          = { type = "allow", locations = ["DE"] }
    minimum_protocol_version = "TLSv1"
    viewer_package_limit     = 104857600
    delete_timeout           = "an hour"
    web_acl_id               = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/site/11111111-2222-3333-4444-555555555555"
    access_log_destination   = "arn:aws:logs:eu-west-1:111122223333:log-group:/cloudfront/site"
  }

  expect_failures = [
    var.name, var.bucket_name, var.certificate_arn, var.runtime, var.timeout, var.log_retention_days, var.log_regions, var.price_class, var.geo_restriction, var.minimum_protocol_version, var.viewer_package_limit, var.delete_timeout, var.web_acl_id, var.access_log_destination,
  ]
}

run "characters_and_a_certificate_alone" {
  command = plan

  variables {
    name                     = "github_demo"
    bucket_name              = "my.site"
    certificate_arn          = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"
    runtime                  = "java21"
    timeout                  = 2.5
    log_retention_days       = 8
    geo_restriction          = { type = "whitelist" }
    minimum_protocol_version = "TLSv1.1_2016"
    viewer_package_limit     = 0
    web_acl_id               = "11111111-2222-3333-4444-555555555555"
    access_log_destination   = "arn:aws:logs:us-east-1:111122223333:log-group:/cloudfront/site:*"
  }

  expect_failures = [
    var.name, var.bucket_name, var.certificate_arn, var.runtime, var.timeout, var.log_retention_days, var.geo_restriction, var.minimum_protocol_version, var.viewer_package_limit, var.web_acl_id, var.access_log_destination,
  ]
}

run "lengths_and_a_certificate_of_another_region" {
  command = plan

  variables {
    name            = "a-name-that-would-not-fit-the-role"
    bucket_name     = "ab"
    aliases         = ["demo.example.com"]
    certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"
    runtime         = "nodejs18.x"
    timeout         = 0
    geo_restriction = { type = "whitelist", locations = ["Germany"] }
  }

  expect_failures = [
    var.name, var.bucket_name, var.certificate_arn, var.runtime, var.timeout, var.geo_restriction,
  ]
}

run "hyphens_and_an_alias_with_a_scheme" {
  command = plan

  variables {
    name            = "githubdemo-"
    bucket_name     = "-my-site"
    aliases         = ["https://demo.example.com"]
    certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555"
    runtime         = "nodejs20.x"
  }

  expect_failures = [
    var.name, var.bucket_name, var.aliases, var.runtime,
  ]
}

run "packages_not_built" {
  command = plan

  variables {
    packages = "tests/nothing-here"
  }

  expect_failures = [aws_lambda_function.edge]
}

run "package_too_large" {
  command = plan

  variables {
    viewer_package_limit = 10
  }

  expect_failures = [aws_lambda_function.edge]
}
