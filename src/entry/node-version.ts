/** The oldest Node that runs this; a test keeps it equal to package.json. */
export const OLDEST_NODE = '20.18.1';

/** What to tell who runs an older Node; `undefined` for one that will do. */
export function tooOld(version: string): string | undefined {
  const [found, oldest] = [version, OLDEST_NODE].map((one) => one.split('.').map(Number));
  for (const [index, needed] of (oldest ?? []).entries()) {
    const part = found?.[index] ?? 0;
    if (part > needed) return undefined;
    if (part < needed)
      return `browserstack-iac needs Node ${OLDEST_NODE} or later, and the node on PATH is ${version}: install a newer one (https://nodejs.org).`;
  }
  return undefined;
}
