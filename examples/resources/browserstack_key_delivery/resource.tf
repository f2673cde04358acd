resource "browserstack_access_key" "ci" {
  username          = "payments_ci_4f2a"
  rotate_after_days = 90
}

ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}

resource "vault_kv_secret_v2" "ci" {
  mount                = "secret"
  name                 = "browserstack/payments-ci"
  data_json_wo_version = browserstack_access_key.ci.key_version
  data_json_wo = jsonencode({
    username   = ephemeral.browserstack_access_key.ci.username
    access_key = ephemeral.browserstack_access_key.ci.access_key
  })
}

# The mount is taken from an attribute that is unknown while the secret is new: so it is read after it was written.
ephemeral "vault_kv_secret_v2" "ci" {
  mount = split("/", vault_kv_secret_v2.ci.path)[0]
  name  = vault_kv_secret_v2.ci.name
}

resource "browserstack_key_delivery" "ci" {
  username        = browserstack_access_key.ci.username
  key_fingerprint = browserstack_access_key.ci.key_fingerprint
  stored_wo       = ephemeral.vault_kv_secret_v2.ci.data_json
  store           = "vault: secret/browserstack/payments-ci"
  mend            = "terraform apply -replace=vault_kv_secret_v2.ci"
}
