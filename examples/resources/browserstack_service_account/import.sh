# By identifier, or by the user name that BrowserStack gave the account.
terraform import browserstack_service_account.ci payments-ci
# Where one name is the user name of one account and the identifier of another:
terraform import browserstack_service_account.deploy username=build_1
