# By identifier, or by the user name that BrowserStack gave the account.
terraform import browserstack_service_account.ci payments-ci
