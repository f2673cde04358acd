data "browserstack_team" "payments" {
  name = "Payments"
}

output "parallels_of_payments" {
  value = data.browserstack_team.payments.parallels.automate.value
}
