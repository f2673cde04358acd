// Commands that messages advise. Terraform and OpenTofu take the same ones, and nothing tells a provider or a command line
// which of the two runs (both send a version, each of its own counting): so advice names both programs.

/** `terraform state rm ADDRESS (tofu …)`. */
export function engineCommand(words: string): string {
  return `terraform ${words} (tofu …)`;
}

/** `"terraform show -json" (or tofu) prints`, for descriptions of input. */
export function asPrinted(words: string): string {
  return `"terraform ${words}" (or tofu) prints`;
}
