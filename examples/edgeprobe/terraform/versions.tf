# No provider block: region and credentials come from the environment. 6.21 is the first version that knows nodejs24.x and python3.14.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.21"
    }
  }
}
