# terraform apply -invoke=action.browserstack_rotate_access_key.leak
action "browserstack_rotate_access_key" "leak" {
  config {
    username = "payments_ci_4f2a"
    reason   = "The key was seen in a public log."
  }
}
