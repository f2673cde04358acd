resource "browserstack_service_account" "all" {
  for_each   = toset(["nightly", "monitoring"])
  identifier = each.key
}

data "browserstack_unmanaged_service_accounts" "strays" {
  managed = [for one in browserstack_service_account.all : one.username]
}

output "made_outside_of_terraform" {
  value = data.browserstack_unmanaged_service_accounts.strays.service_accounts[*].identifier
}
