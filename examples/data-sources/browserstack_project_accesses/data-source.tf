data "browserstack_project_accesses" "checkout" {
  project = "4711"
}

output "admins_of_checkout" {
  value = [for one in data.browserstack_project_accesses.checkout.accesses : one.name if one.applicable_role == "Admin"]
}
