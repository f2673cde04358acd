// The keys that are looked for, by fingerprint: what states say, or what `keys --json` printed. Neither needs a key.

import { Problem, throwProblems } from '../../errors.ts';
import { isJsonObject, type Json } from '../../reconcile/canonical.ts';
import type { StateResource } from '../../reconcile/input/state.ts';
import { readText } from '../files.ts';
import type { Machine } from '../machine.ts';
import { managedKeys } from '../managed-keys.ts';
import { JSON_VERSION } from '../render/envelope.ts';

export interface KnownKey {
  readonly username: string;
  /** As `keyFingerprint` writes it. */
  readonly fingerprint: string;
  readonly identifier: string | undefined;
  readonly team: string | undefined;
  readonly consumers: readonly string[];
  /** Of the block that manages it. */
  readonly address: string | undefined;
}

/** @throws Problem(s) `invalid_input` for states that no provider of ours wrote. */
export function keysInStates(resources: readonly StateResource[]): readonly KnownKey[] {
  return resources.flatMap((resource) =>
    managedKeys([resource]).map(({ username, key_fingerprint: fingerprint, ...key }) => {
      const { identifier, team } = 'idle' in key ? { identifier: null, team: null } : resource.values;
      return {
        username,
        fingerprint,
        identifier: typeof identifier === 'string' ? identifier : undefined,
        team: typeof team === 'string' ? team : undefined,
        consumers: ('consumers' in key && key.consumers) || [],
        address: resource.address,
      };
    }),
  );
}

/** What a list of keys says of its form: today's, and the one before, which named the same fields. */
const VERSIONS: readonly unknown[] = [1, JSON_VERSION];

/** @throws Problem(s) `invalid_input` for everything that `keys --json` does not print. */
export async function keysInList(machine: Machine, file: string): Promise<readonly KnownKey[]> {
  let json: Json;
  try {
    json = JSON.parse(await readText(machine, file));
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw noList(file, 'It is not JSON.');
  }
  if (!isJsonObject(json) || !VERSIONS.includes(json.version) || !Array.isArray(json.keys))
    throw noList(file, 'It is something else.');
  const problems: Problem[] = [];
  const keys = json.keys.flatMap((row, index): readonly KnownKey[] => {
    if (!isJsonObject(row)) return strange(problems, file, index);
    const { username, fingerprint, identifier, team, consumers } = row;
    // BrowserStack may hide a key: then there is nothing to look for.
    if (fingerprint === null) return [];
    if (
      typeof username !== 'string' ||
      typeof fingerprint !== 'string' ||
      !/^[0-9a-f]{16}$/u.test(fingerprint)
    )
      return strange(problems, file, index);
    return [
      {
        username,
        fingerprint,
        identifier: typeof identifier === 'string' ? identifier : undefined,
        team: typeof team === 'string' ? team : undefined,
        consumers: Array.isArray(consumers) ? consumers.filter((one) => typeof one === 'string') : [],
        address: undefined,
      },
    ];
  });
  throwProblems(problems);
  return keys;
}

/** One of each; what a state says of a key is more than what a list says. */
export function unique(keys: readonly KnownKey[]): readonly KnownKey[] {
  const found = new Map<string, KnownKey>();
  for (const key of keys) {
    const id = `${key.username}\0${key.fingerprint}`;
    const { identifier, team, consumers, address } = found.get(id) ?? key;
    found.set(id, {
      ...key,
      identifier: identifier ?? key.identifier,
      team: team ?? key.team,
      consumers: [...new Set([...consumers, ...key.consumers])],
      address: address ?? key.address,
    });
  }
  return [...found.values()];
}

function strange(problems: Problem[], file: string, index: number): readonly [] {
  problems.push(
    noList(file, `Its row ${index + 1} has no user name, or no fingerprint of 16 hexadecimal digits.`),
  );
  return [];
}

function noList(file: string, why: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} is not a list of keys`,
    detail: `${why} Make one with: browserstack-iac keys --json > keys.json`,
    path: ['--keys'],
  });
}
