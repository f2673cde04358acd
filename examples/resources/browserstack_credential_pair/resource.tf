resource "browserstack_service_account" "blue" {
  identifier = "payments-blue"
}

resource "browserstack_service_account" "green" {
  identifier = "payments-green"
}

# One credential out of two accounts: the idle one is rotated, then they change places, and the former
# credential stays valid until the next rotation.
resource "browserstack_credential_pair" "payments" {
  username_a        = browserstack_service_account.blue.username
  username_b        = browserstack_service_account.green.username
  rotate_after_days = 30
}

output "user_name_to_use" {
  value = browserstack_credential_pair.payments.username
}
