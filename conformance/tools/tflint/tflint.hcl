config {
  call_module_type = "none"
}

plugin "google" {
  enabled = true
}
