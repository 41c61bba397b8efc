locals {
  # CloudFront takes functions from us-east-1 only, and replicates them from there.
  edge_region = "us-east-1"

  # The runtimes that Lambda@Edge takes, each with the day from which Lambda lists it as deprecated ("Lambda runtimes", November
  # 2026; null where no day was read). nodejs26.x and python3.15 are in public preview since July 2026: not yet.
  runtimes = {
    "nodejs22.x" = "2027-04-30"
    "nodejs24.x" = "2028-04-30"
    "python3.11" = "2027-06-30"
    "python3.12" = "2028-10-31"
    "python3.13" = "2029-06-30"
    "python3.14" = null
  }

  packages = coalesce(var.packages, "${path.module}/../../../build")

  # One entry per trigger: the key is the event type, so no trigger can have two functions.
  functions = {
    viewer-request = {
      name        = "${var.name}-viewer-request"
      description = "Redirects the form of index.html to other.html"
      package     = "${local.packages}/viewerrequest.zip"
      # "Quotas on Lambda@Edge" has 50 MB for every trigger; rejections above 1,048,576 bytes on viewer triggers were seen
      # until late 2024.
      package_limit = var.viewer_package_limit
    }
    origin-response = {
      name          = "${var.name}-origin-response"
      description   = "Adds the Content-Security-Policy and the other security headers"
      package       = "${local.packages}/originresponse.zip"
      package_limit = 52428800
    }
  }

  # The log group of a replica, in the region where it ran: the prefix is us-east-1 everywhere.
  log_groups = { for event, function in local.functions : event => "/aws/lambda/${local.edge_region}.${function.name}" }
}
