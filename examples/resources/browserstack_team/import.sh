# By name.
terraform import browserstack_team.payments Payments
