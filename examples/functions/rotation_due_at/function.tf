output "next_rotation" {
  value = provider::browserstack::rotation_due_at("payments_ci_4f2a", "2026-11-02", 90, 0)
}
