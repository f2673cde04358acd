resource "browserstack_service_account" "ci" {
  identifier = "payments-ci"
}

# Adopts the current key. It is rotated in place when it is 90 days old, at night and not on holidays,
# or at once when the value of a trigger changes.
resource "browserstack_access_key" "ci" {
  username          = browserstack_service_account.ci.username
  rotate_after_days = 90
  triggers          = { left_the_company = "2026-11-02" }
  consumers         = ["GitHub: acme/payments"]

  window = {
    days           = ["tue", "wed", "thu"]
    hours          = "02:00-05:00"
    time_zone      = "Europe/Berlin"
    blackout_dates = ["2026-12-20/2027-01-06"]
  }
}
