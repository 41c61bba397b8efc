# No provider block: the stack takes the provider of whoever uses it, at the root (region and credentials from the
# environment) and as a module alike. Version 6 is the first with a region argument on each resource, which is how the
# functions lie in us-east-1 whatever the default region is; 6.21 is the first that knows nodejs24.x and python3.14.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.21"
    }
  }
}
