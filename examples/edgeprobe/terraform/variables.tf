variable "name" {
  type        = string
  default     = "edgeprobe"
  description = "Leads the name of everything in the stack."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name: want 3 to 20 of a-z, 0-9 and -, a letter first and no - last: it leads the names of the bucket and the functions."
  }
}

variable "packages" {
  type        = string
  default     = null
  description = "Directory with the functions' zips, as edgeprobe -build writes them. Unset, build/edgeprobe at the top of the repository."
}

variable "public_key" {
  type        = string
  description = "The public half of the key that signs requests below /signed/, in PEM."

  validation {
    condition     = can(regex("^-----BEGIN PUBLIC KEY-----\n(.+\n)+-----END PUBLIC KEY-----\n?$", var.public_key))
    error_message = "public_key: want a public key in PEM, as openssl pkey -pubout writes it."
  }
}

# What AWS's pages disagree about at viewer triggers. A value that AWS refuses fails the apply, and its message is the answer.
variable "trial" {
  type = object({
    package = optional(string, "goruntime.zip")
    memory  = optional(number, 128)
    timeout = optional(number, 5)
  })
  default     = {}
  description = "Package, memory in MB and timeout in seconds of the viewer-request function below /trial/."
}

variable "wait_for_deployment" {
  type        = bool
  default     = true
  description = "Whether apply ends only when CloudFront has deployed the distribution."
}

variable "delete_timeout" {
  type        = string
  default     = "60m"
  description = "How long destroy goes on trying to delete the functions while CloudFront removes their replicas."

  validation {
    condition     = can(regex("^([0-9]+[hms])+$", var.delete_timeout))
    error_message = "delete_timeout: want a duration such as 60m or 2h30m."
  }
}
