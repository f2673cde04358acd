# By the identifiers or user names of its accounts, the active one first.
terraform import browserstack_credential_pair.payments payments-blue,payments-green
