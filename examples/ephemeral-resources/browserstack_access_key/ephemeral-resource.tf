resource "browserstack_access_key" "ci" {
  username          = "payments_ci_4f2a"
  rotate_after_days = 90
}

# Read after the rotation, if the plan rotates; stands in no state and in no plan.
ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}

# Hand it to a write-only argument, whose version changes when the key does:
#
#   resource "aws_secretsmanager_secret_version" "ci" {
#     secret_id                = aws_secretsmanager_secret.ci.id
#     secret_string_wo         = ephemeral.browserstack_access_key.ci.access_key
#     secret_string_wo_version = browserstack_access_key.ci.key_version
#   }
