variable "aliases" {
  type        = set(string)
  default     = []
  description = "Domain names of your own for the site, such as demo.example.com. They need certificate_arn, and a DNS record to the distribution."

  validation {
    condition     = alltrue([for alias in var.aliases : can(regex("^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", alias))])
    error_message = "aliases: want domain names in lower case, without a scheme or path, such as demo.example.com."
  }
}

variable "certificate_arn" {
  type        = string
  default     = null
  description = "ARN of the certificate for aliases, in AWS Certificate Manager in us-east-1. Unset, CloudFront's own certificate for its own domain."

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[0-9a-zA-Z-]+$", var.certificate_arn))
    error_message = "certificate_arn: CloudFront takes certificates from us-east-1 only: want arn:aws:acm:us-east-1:<account>:certificate/<id>; request or import the certificate there."
  }

  validation {
    condition     = (var.certificate_arn == null) == (length(var.aliases) == 0)
    error_message = "certificate_arn and aliases go together: names of your own need a certificate for them, and a certificate without aliases has no effect. Set both or neither."
  }
}

variable "minimum_protocol_version" {
  type        = string
  default     = "TLSv1.2_2021"
  description = "The oldest TLS that viewers may use on aliases. On its own domain and certificate CloudFront sets this itself."

  validation {
    condition     = contains(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"], var.minimum_protocol_version)
    error_message = "minimum_protocol_version: want TLSv1.2_2021, TLSv1.2_2025 or TLSv1.3_2025: what is older is broken."
  }
}
