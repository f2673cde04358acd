data "browserstack_teams" "all" {}

# One account for each team there is.
resource "browserstack_service_account" "ci" {
  for_each   = toset(data.browserstack_teams.all.names)
  identifier = "ci of ${each.key}"
  team       = each.key
}
