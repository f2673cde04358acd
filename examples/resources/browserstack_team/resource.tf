resource "browserstack_team" "payments" {
  name = "Payments"
}
