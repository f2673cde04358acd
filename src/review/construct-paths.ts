// CDKTF hashes the place of a construct into its address (`acme_Payments_ci_key_C44BF959`); the synthesized stack says
// which path that was (`acme/Payments/ci/key`).

import { isObject, objectOf, tryText } from './plan/json.ts';

export interface ConstructPaths {
  /** Without the name of the stack, and with the instance if there is one; `undefined` for what is no construct. */
  readonly of: (address: string) => string | undefined;
  /** Name of the stack, as CDKTF knows it. */
  readonly stack: string | undefined;
}

/** From the JSON of `cdk.tf.json`. What is something else has no paths. */
export function constructPathsIn(stack: unknown): ConstructPaths {
  const paths = new Map<string, string>();
  for (const [type, blocks] of Object.entries(objectOf(objectOf(stack).resource)))
    for (const [name, block] of Object.entries(objectOf(blocks))) {
      const path = pathOf(block);
      if (path !== undefined) paths.set(`${type}.${name}`, path);
    }
  const { metadata } = objectOf(objectOf(stack)['//']);
  const name = tryText(objectOf(metadata).stackName);
  return {
    stack: name,
    of: (address) => {
      const [block = '', instance = ''] = /^([^[]*)(.*)$/su.exec(address)?.slice(1) ?? [];
      const path = paths.get(block);
      return path === undefined ? undefined : `${withoutStack(path, name)}${instance}`;
    },
  };
}

function pathOf(block: unknown): string | undefined {
  if (!isObject(block)) return undefined;
  const { metadata } = objectOf(block['//']);
  return tryText(objectOf(metadata).path);
}

/** The construct that people wrote: the element that it makes is called `Resource` below it. */
function withoutStack(path: string, stack: string | undefined): string {
  const steps = path.split('/').filter((step, index, all) => step !== 'Resource' || index < all.length - 1);
  return (steps[0] === stack && steps.length > 1 ? steps.slice(1) : steps).join('/');
}
