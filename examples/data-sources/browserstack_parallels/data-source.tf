data "browserstack_parallels" "this" {}

# Warns when teams were given more than there is.
check "parallels" {
  assert {
    condition     = data.browserstack_parallels.this.automate_shared >= 0
    error_message = "Teams were given more Automate sessions than the organization has."
  }
}
