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
      condition     = can(regex("^(nodejs2[24]|python3[.]1[1-4])", self.runtime)) && try(self.package_type, "Zip") != "Image"
      error_message = "${self.function_name}: Lambda@Edge takes zips for Node.js and Python only, no custom runtime and no image, got ${coalesce(self.runtime, "an image")}."
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
      condition     = self.memory_size <= 128 && self.timeout <= 5
      error_message = "${self.function_name}: want at most 128 MB and 5 s, the strictest reading of AWS's quotas for viewer triggers, got ${self.memory_size} MB and ${self.timeout} s."
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
      condition     = length(self.vpc_config) == 0 && length(self.dead_letter_config) == 0 && length(self.file_system_config) == 0
      error_message = "${self.function_name}: Lambda@Edge functions have no VPC, no file system and no dead-letter queue."
    }
    postcondition {
      condition     = alltrue([for t in self.tracing_config : t.mode != "Active"]) && try(length(self.kms_key_arn), 0) == 0 && try(length(self.source_kms_key_arn), 0) == 0
      error_message = "${self.function_name}: Lambda@Edge has no X-Ray tracing, and no key of your own for the function or its zip."
    }
  }
}
