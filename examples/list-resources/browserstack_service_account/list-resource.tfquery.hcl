# terraform query -generate-config-out=accounts.tf
list "browserstack_service_account" "of_payments" {
  provider = browserstack

  config {
    team = "Payments"
  }
}
