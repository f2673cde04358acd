data "browserstack_service_accounts" "payments" {
  team = "Payments"
}

output "accounts_of_payments" {
  value = data.browserstack_service_accounts.payments.service_accounts[*].identifier
}
