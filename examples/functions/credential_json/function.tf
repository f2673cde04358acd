variable "access_key" {
  type      = string
  sensitive = true
}

output "credential" {
  value     = provider::browserstack::credential_json("payments_ci_4f2a", var.access_key)
  sensitive = true
}
