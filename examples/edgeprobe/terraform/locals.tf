locals {
  # CloudFront takes functions from us-east-1 only, and replicates them from there.
  edge_region = "us-east-1"

  packages = coalesce(var.packages, "${path.module}/../../../build/edgeprobe")
  tags     = { edgeprobe = var.name }

  # The runtimes that are asked about. JavaScript runs on Node.js only.
  runtimes = ["nodejs22.x", "nodejs24.x", "python3.13", "python3.14"]
  nodes    = [for runtime in local.runtimes : runtime if startswith(runtime, "nodejs")]

  # The path pattern below which each of them answers, and the function.
  by_runtime = merge(
    { for runtime in local.runtimes : "/go/${runtime}/*" => { name = "go-${replace(runtime, ".", "")}", package = "goruntime.zip", runtime = runtime } },
    { for runtime in local.nodes : "/js/${runtime}/*" => { name = "js-${replace(runtime, ".", "")}", package = "jsruntime.zip", runtime = runtime } },
  )

  viewer_request = { for pattern, function in local.by_runtime : pattern => merge(function, { memory = 128, timeout = 5 }) }

  functions = merge(local.viewer_request, {
    "/trial/*" = merge(var.trial, { name = "trial", runtime = "nodejs22.x" })
    "/ask/*"   = { name = "asked", package = "asked.zip", runtime = "nodejs22.x", memory = 128, timeout = 5 }
  })
}
