variable "access_key" {
  type      = string
  sensitive = true
}

output "hub" {
  value     = provider::browserstack::hub_url("payments_ci_4f2a", var.access_key)
  sensitive = true
}
