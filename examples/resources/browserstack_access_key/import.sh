# By the identifier or the user name of the account. Importing reads the key's fingerprint and rotates nothing.
terraform import browserstack_access_key.ci payments-ci
