data "browserstack_automate_plan" "this" {}

output "parallel_sessions" {
  value = data.browserstack_automate_plan.this.parallel_sessions_max_allowed
}
