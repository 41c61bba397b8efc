# Who may sign requests below /signed/.
resource "aws_cloudfront_public_key" "probe" {
  name        = var.name
  comment     = var.name
  encoded_key = "${trimspace(var.public_key)}\n" # CloudFront gives it back with one line end, and any other would differ at every plan
}

resource "aws_cloudfront_key_group" "probe" {
  name    = var.name
  comment = var.name
  items   = [aws_cloudfront_public_key.probe.id]
}
