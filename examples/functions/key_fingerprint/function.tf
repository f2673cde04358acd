variable "access_key" {
  type      = string
  sensitive = true
}

# Is the copy of the key still the current one?
output "up_to_date" {
  value     = provider::browserstack::key_fingerprint("payments_ci_4f2a", var.access_key) == "0123456789abcdef"
  sensitive = true
}
