# What is stopped before anything is made: in each of these runs every value is a mistake, and each must be refused. "packages" is set by
# the command line.

mock_provider "aws" {}

run "capitals_a_private_key_and_words" {
  command = plan

  variables {
    name           = "EdgeProbe"
    public_key     = "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----\n"
    delete_timeout = "an hour"
  }

  expect_failures = [var.name, var.public_key, var.delete_timeout]
}

run "a_long_name_a_file_name_and_a_number" {
  command = plan

  variables {
    name           = "edgeprobe-of-a-volunteer"
    public_key     = "key.pem"
    delete_timeout = "60"
  }

  expect_failures = [var.name, var.public_key, var.delete_timeout]
}
