terraform {
  required_providers {
    browserstack = {
      source = "browserstack-iac/browserstack"
    }
  }
}

# User name and access key come from BROWSERSTACK_USERNAME and BROWSERSTACK_ACCESS_KEY.
provider "browserstack" {
  organization            = "Acme Inc." # with credentials of another organization, nothing is touched
  max_rotations_per_apply = 10
}
