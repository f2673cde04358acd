resource "browserstack_team" "payments" {
  name = "Payments"
}

# Belongs to a team.
resource "browserstack_service_account" "ci" {
  identifier = "payments-ci"
  team       = browserstack_team.payments.name
}

# Belongs to the organization.
resource "browserstack_service_account" "nightly" {
  identifier = "nightly"
}
