data "browserstack_users" "admins" {
  role = "admin"
}

# A rule of ours, checked in every plan: admins accept their invitation, or it is withdrawn.
check "no_pending_admin" {
  assert {
    condition     = alltrue([for one in data.browserstack_users.admins.users : one.status != "pending"])
    error_message = "An invitation with the role admin is still open."
  }
}
