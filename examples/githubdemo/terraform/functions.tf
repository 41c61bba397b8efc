# The two functions, in us-east-1, as edgepack packed them.
resource "aws_lambda_function" "edge" {
  for_each = local.functions

  region        = local.edge_region
  function_name = each.value.name
  description   = each.value.description
  role          = aws_iam_role.edge.arn

  filename         = each.value.package
  source_code_hash = filebase64sha256(each.value.package)
  handler          = "index.handler" # edgepack's index.mjs and index.py
  runtime          = var.runtime
  architectures    = ["x86_64"]
  memory_size      = 128 # AWS's pages disagree about viewer triggers; this is within all of them
  timeout          = var.timeout

  publish      = true # CloudFront takes a numbered version only
  skip_destroy = var.skip_destroy
  tags         = var.tags

  timeouts {
    delete = var.delete_timeout
  }

  # A function must be able to write its logs before it runs for the first time.
  depends_on = [aws_iam_role_policy.logs, aws_cloudwatch_log_group.edge]

  # CloudFront looks at the rest only when it makes the association, minutes into an apply. These speak at plan.
  lifecycle {
    # While the distribution has a version, Lambda does not delete the function. So with a new name, or without one of
    # local.functions, the distribution changes first and the old function goes after it. What the function depends on, the
    # role and the log groups, is replaced in the same order.
    create_before_destroy = true

    precondition {
      condition     = fileexists(each.value.package)
      error_message = "${each.value.package} is not there. Build the packages first, at the top of the repository: go run ./edge/edgepack -o build ./examples/githubdemo/lambda/viewerrequest ./examples/githubdemo/lambda/originresponse"
    }
    precondition {
      condition     = try(length(filebase64(each.value.package)) / 4 * 3 - 2 <= each.value.package_limit, true)
      error_message = "${each.value.package} is larger than the ${each.value.package_limit} bytes that Lambda@Edge is held to for ${each.key} here. See what the program imports and embeds; viewer_package_limit sets the limit of viewer triggers."
    }
    postcondition {
      condition     = self.region == "us-east-1"
      error_message = "${self.function_name}: CloudFront takes functions from us-east-1 only, got ${self.region}."
    }
    postcondition {
      condition     = contains(keys(local.runtimes), self.runtime)
      error_message = "${self.function_name}: Lambda@Edge takes Node.js and Python only, no custom runtime, and none that is deprecated: want one of ${join(", ", keys(local.runtimes))}, got ${coalesce(self.runtime, "none")}."
    }
    postcondition {
      condition     = try(self.package_type, "Zip") != "Image"
      error_message = "${self.function_name}: Lambda@Edge takes zips, no container image."
    }
    postcondition {
      condition     = self.publish == true
      error_message = "${self.function_name}: CloudFront takes a numbered version only: publish must be true."
    }
    postcondition {
      condition     = tolist(self.architectures) == tolist(["x86_64"])
      error_message = "${self.function_name}: Lambda@Edge runs x86_64 only."
    }
    postcondition {
      condition     = self.handler == "index.handler"
      error_message = "${self.function_name}: the package's handler is index.handler (index.mjs and index.py), got ${self.handler}."
    }
    postcondition {
      condition     = self.memory_size <= 128
      error_message = "${self.function_name}: want at most 128 MB, the strictest reading of AWS's quotas for viewer triggers, got ${self.memory_size} MB."
    }
    postcondition {
      condition     = self.timeout <= 5
      error_message = "${self.function_name}: want at most 5 s, the strictest reading of AWS's quotas for viewer triggers, got ${self.timeout} s."
    }
    postcondition {
      condition     = alltrue([for e in self.ephemeral_storage : try(e.size <= 512, true)])
      error_message = "${self.function_name}: Lambda@Edge has at most 512 MB of ephemeral storage."
    }
    postcondition {
      condition     = length(self.environment) == 0
      error_message = "${self.function_name}: Lambda@Edge functions have no environment variables: build the values in (edgepack -ldflags '-X main.name=value', or go:embed)."
    }
    postcondition {
      condition     = try(length(self.layers), 0) == 0
      error_message = "${self.function_name}: Lambda@Edge functions have no layers: what they need goes into the program."
    }
    postcondition {
      condition     = length(self.vpc_config) == 0
      error_message = "${self.function_name}: Lambda@Edge functions have no VPC."
    }
    postcondition {
      condition     = length(self.dead_letter_config) == 0
      error_message = "${self.function_name}: Lambda@Edge functions have no dead-letter queue."
    }
    postcondition {
      condition     = length(self.file_system_config) == 0
      error_message = "${self.function_name}: Lambda@Edge functions have no file system."
    }
    postcondition {
      condition     = alltrue([for t in self.tracing_config : t.mode != "Active"])
      error_message = "${self.function_name}: Lambda@Edge has no X-Ray tracing."
    }
    postcondition {
      condition     = try(length(self.kms_key_arn), 0) == 0
      error_message = "${self.function_name}: Lambda@Edge takes no key of your own for the function."
    }
    postcondition {
      condition     = try(length(self.source_kms_key_arn), 0) == 0
      error_message = "${self.function_name}: Lambda@Edge takes no key of your own for the zip."
    }
    # A replica writes to /aws/lambda/us-east-1.<name>, which is what the role allows: another group would stay empty.
    postcondition {
      condition     = alltrue([for l in self.logging_config : try(contains(["", "/aws/lambda/${self.function_name}"], l.log_group), true)])
      error_message = "${self.function_name}: a log group of your own loses the logs of the replicas: leave logging_config.log_group out."
    }
  }
}
