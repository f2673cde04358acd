// Functions that read files of the machine that plans. `file("/proc/self/environ")` is its environment, with every
// credential of the job; a value of it would then stand in the plan, or be sent somewhere.

const CALL =
  /\b(?:file|filebase64|fileset|templatefile|filemd5|filesha1|filesha256|filesha512|filebase64sha256|filebase64sha512)\([^)]*\)?/gu;

/** A path below the module, written out: what is in the repository may be read. */
const HARMLESS = /\(\s*"(?:\$\{path\.module\}\/)?(?!\/|~)(?:(?!\.\.|\$\{)[^"])+"\s*[,)]/u;

/** Every such call that is not certain to stay inside the module, as it is written. */
export function fileReadsIn(json: unknown): readonly string[] {
  if (typeof json === 'string') {
    if (!json.includes('${')) return [];
    return (json.match(CALL) ?? []).filter((call) => !HARMLESS.test(call));
  }
  if (typeof json !== 'object' || json === null) return [];
  return Object.values(json).flatMap(fileReadsIn);
}
