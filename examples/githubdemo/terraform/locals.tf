locals {
  # CloudFront takes functions from us-east-1 only, and replicates them from there.
  edge_region = "us-east-1"

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
