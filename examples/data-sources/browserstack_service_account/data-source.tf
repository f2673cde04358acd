data "browserstack_service_account" "ci" {
  identifier = "payments-ci"
}

# Rotates the key of an account that is managed elsewhere.
resource "browserstack_access_key" "ci" {
  username          = data.browserstack_service_account.ci.username
  rotate_after_days = 90
}
