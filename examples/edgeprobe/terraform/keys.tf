# Who may sign requests below /signed/.
resource "aws_cloudfront_public_key" "probe" {
  name        = var.name
  comment     = var.name
  encoded_key = var.public_key
}

resource "aws_cloudfront_key_group" "probe" {
  name    = var.name
  comment = var.name
  items   = [aws_cloudfront_public_key.probe.id]
}
