locals {
  site = "${path.module}/../site"

  content_types = {
    css  = "text/css; charset=utf-8"
    html = "text/html; charset=utf-8"
    js   = "text/javascript; charset=utf-8"
    svg  = "image/svg+xml"
  }

  # What lies beside the pages for other use, such as Go files, is not uploaded.
  pages = { for name in fileset(local.site, "*.{${join(",", keys(local.content_types))}}") : name => {
    file         = "${local.site}/${name}"
    content_type = local.content_types[reverse(split(".", name))[0]]
  } }
}

resource "aws_s3_object" "page" {
  for_each = local.pages

  bucket       = aws_s3_bucket.site.id
  key          = each.key
  source       = each.value.file
  source_hash  = filesha256(each.value.file) # notices a change of the file
  content_type = each.value.content_type

  # The names carry no hash of the content, so neither browsers nor CloudFront may keep them long.
  cache_control = "public, max-age=300"
  tags          = var.tags

  # Uploaded before, an object would have no version.
  depends_on = [aws_s3_bucket_versioning.site, aws_s3_bucket_server_side_encryption_configuration.site]

  lifecycle {
    precondition {
      condition     = contains(keys(local.pages), "index.html") && contains(keys(local.pages), "404.html")
      error_message = "The pages are not in ${local.site}: index.html and 404.html must be there."
    }
  }
}
