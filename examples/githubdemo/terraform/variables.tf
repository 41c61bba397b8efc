variable "name" {
  type        = string
  default     = "githubdemo"
  description = "Leads the name of everything in the stack. Two stacks in one account need two names. Changed later, all but the bucket has a new name."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "name: want 3 to 30 of a-z, 0-9 and -, a letter first and no - last: it leads the names of the bucket and the functions."
  }
}

variable "bucket_name" {
  type        = string
  default     = null
  description = "Name of the bucket for the pages, when it is made: a bucket is not renamed later. Unset, AWS adds a random end to the stack's name."

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name: want 3 to 63 of a-z, 0-9 and -, without capitals, dots or underscores: the name becomes part of a host name with a certificate."
  }
}

variable "packages" {
  type        = string
  default     = null
  description = "Directory with viewerrequest.zip and originresponse.zip, as edgepack writes them. Unset, build at the top of the repository."
}

variable "runtime" {
  type        = string
  default     = "nodejs24.x"
  description = <<-EOT
    The managed runtime that starts the functions: it imports the index module, which replaces it by the Go program, so it
    matters to the start alone. To start the program took 50 ms of processor time with Node.js 22 and AWS's client for it, 70
    with Node.js 24, 60 with Python 3.11 without AWS's client (medians of 9). nodejs24.x for the 20 ms because AWS supports it
    until April 2028, a year longer than 22, and because AWS's client for it is in this project's tests, as Python's is not.
  EOT

  validation {
    condition     = contains(keys(local.runtimes), var.runtime)
    error_message = "runtime: Lambda@Edge takes Node.js and Python only, and no deprecated version: want one of ${join(", ", keys(local.runtimes))}. There is no Go runtime at the edge (provided.al2023 is refused): the package starts the Go program from any of these."
  }
}

variable "timeout" {
  type        = number
  default     = 5
  description = "Timeout of the functions in seconds. AWS's pages disagree about viewer triggers (5 or 30); 5 is within all of them."

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 5 && floor(var.timeout) == var.timeout
    error_message = "timeout: want 1 to 5 whole seconds: a viewer-request function with more was seen to be refused (InvalidLambdaFunctionAssociation)."
  }
}

variable "viewer_package_limit" {
  type        = number
  default     = 1048576
  description = "The most bytes that the viewer-request function's zip may have. AWS documents 50 MB (52428800) and was seen to refuse more than 1048576."

  validation {
    condition     = var.viewer_package_limit >= 1 && var.viewer_package_limit <= 52428800
    error_message = "viewer_package_limit: want 1 to 52428800 (50 MB, the documented limit)."
  }
}

variable "log_regions" {
  type = set(string)
  default = [
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-central-1", "eu-west-1", "eu-west-2",
    "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2",
  ]
  description = "Regions whose log groups are made ahead, with retention. A replica that runs elsewhere makes its own, kept forever."

  validation {
    condition     = alltrue([for region in var.log_regions : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", region))])
    error_message = "log_regions: want names of regions, such as eu-central-1."
  }
}

variable "log_retention_days" {
  type        = number
  default     = 14
  description = "Days that the functions' logs are kept."

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: want a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "price_class" {
  type        = string
  default     = "PriceClass_100"
  description = "Where CloudFront serves from: PriceClass_100 (North America, Europe, Israel), PriceClass_200 or PriceClass_All."

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class: want PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "geo_restriction" {
  type = object({
    type      = optional(string, "none")
    locations = optional(set(string), [])
  })
  default     = {}
  description = "Countries that are served (type whitelist) or not (blacklist), as two-letter codes. Unset, all are."

  validation {
    condition     = contains(["none", "whitelist", "blacklist"], var.geo_restriction.type)
    error_message = "geo_restriction.type: want none, whitelist or blacklist."
  }

  validation {
    condition     = (var.geo_restriction.type == "none") == (length(var.geo_restriction.locations) == 0)
    error_message = "geo_restriction.locations: want at least one country with whitelist or blacklist, and none with none."
  }

  validation {
    condition     = alltrue([for country in var.geo_restriction.locations : can(regex("^[A-Z]{2}$", country))])
    error_message = "geo_restriction.locations: want ISO 3166 codes of two capitals, such as DE."
  }
}

variable "wait_for_deployment" {
  type        = bool
  default     = true
  description = "Whether apply waits until the distribution is deployed everywhere, some minutes."
}

variable "skip_destroy" {
  type        = bool
  default     = false
  description = "Whether destroy leaves the functions in the account, for CloudFront may take hours to remove their replicas. Delete them by hand later: each keeps its name, and a stack of the same name cannot be made before (ResourceConflictException)."
}

variable "delete_timeout" {
  type        = string
  default     = "60m"
  description = "How long destroy goes on trying to delete the functions while their replicas are removed."

  validation {
    condition     = can(regex("^([0-9]+[hms])+$", var.delete_timeout))
    error_message = "delete_timeout: want a duration such as 60m or 2h30m."
  }
}

variable "force_destroy" {
  type        = bool
  default     = false
  description = "Whether destroy empties the bucket of what others put there. The pages of the stack go in any case."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags for everything that can have them."
}
