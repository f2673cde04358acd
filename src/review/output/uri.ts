/** The relative URI of a file, as SARIF wants it: a name may hold what a URI means otherwise, such as # and ?. */
export function uriOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
