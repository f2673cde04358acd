data "browserstack_organization" "this" {}

output "organization" {
  value = data.browserstack_organization.this.name
}
