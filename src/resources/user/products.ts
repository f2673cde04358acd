/** What the API grants; Percy is shown and cannot be granted. [documented] */
export const GRANTABLE = ['app_automate', 'app_live_testing', 'automate', 'live_testing'] as const;

/** Two products for one request. [documented] */
const BUNDLES: Readonly<Record<string, readonly string[]>> = {
  browser_testing: ['automate', 'live_testing'],
  mobile_app_testing: ['app_automate', 'app_live_testing'],
};

/** One request to be sent: what it names, and what it gives. */
export interface Grant {
  readonly name: string;
  readonly products: readonly string[];
}

/** The fewest requests that give `wanted` to somebody who has `has`: at most two. */
export function grantsFor(wanted: readonly string[], has: readonly string[]): readonly Grant[] {
  const missing = wanted.filter((product) => !has.includes(product));
  return Object.entries(BUNDLES).flatMap(([bundle, products]) => {
    const wantedHere = products.filter((product) => missing.includes(product));
    if (wantedHere.length === products.length) return [{ name: bundle, products }];
    return wantedHere.map((product) => ({ name: product, products: [product] }));
  });
}

/** Both together, sorted, each once. */
export function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}
