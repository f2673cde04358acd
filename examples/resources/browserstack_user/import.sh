# By e-mail address.
terraform import browserstack_user.jane jane@example.com
