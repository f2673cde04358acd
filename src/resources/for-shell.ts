/** Bare where a shell and every reader of such files agree on it. */
export function forShell(text: string): string {
  return /^[\w.@%+:/=-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
