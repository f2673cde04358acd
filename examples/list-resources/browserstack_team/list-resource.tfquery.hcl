# terraform query -generate-config-out=teams.tf
list "browserstack_team" "strays" {
  provider = browserstack

  config {
    except = ["Payments", "Search"]
  }
}
