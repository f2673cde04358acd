data "browserstack_user" "jane" {
  email = "jane@example.com"
}

output "jane_can_automate" {
  value = contains(data.browserstack_user.jane.product_access, "automate")
}
