resource "browserstack_team" "payments" {
  name = "Payments"
}

# Invited by e-mail, with access to Automate and Live.
resource "browserstack_user" "jane" {
  email     = "jane@example.com"
  full_name = "Jane Doe"
  team      = browserstack_team.payments.name
  products  = ["automate", "live_testing"]
}
