// The key for one run, in no state and no plan. Opening happens in plan and in apply, so it only ever reads.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import type { EphemeralResource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { lengthBetween, matching } from '../../schema/validators.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { listKey } from './rotation/key-lookup.ts';
import { workingKey } from './rotation/working-key.ts';

const schema = defineSchema({
  description:
    'The current access key of a service account, for one run: it stands in no state and in no plan. Reads, never rotates. Hand it to a write-only argument of another resource.',
  attributes: {
    username: attribute.string({
      required: true,
      validate: [lengthBetween(1, 255)],
      description: 'User name of the service account.',
    }),
    expected_fingerprint: attribute.string({
      optional: true,
      validate: [matching(/^[0-9a-f]{16}$/u, 'be 16 hexadecimal digits, as in key_fingerprint')],
      description:
        '`key_fingerprint` of the `browserstack_access_key` (or pair) that rotates it. It is unknown exactly when a plan rotates, so that the key is read after the rotation; and another key than this one is an error. Without it the key is tried (one request that is none of account management), because a list may lag behind.',
    }),
    access_key: attribute.string({ computed: true, sensitive: true, description: 'The key.' }),
    key_fingerprint: attribute.string({ computed: true, description: 'Its fingerprint.' }),
  },
});

export const ephemeralAccessKey: EphemeralResource<Session, typeof schema> = {
  type: 'browserstack_access_key',
  schema,
  async open({ username, expected_fingerprint: expected }, op) {
    if (isUnknown(username) || isUnknown(expected))
      throw new Error('an ephemeral resource was opened with unknown configuration');
    const { key, fingerprint } = await currentKey(username, expected, op);
    return {
      result: {
        username,
        expected_fingerprint: expected,
        access_key: key.reveal(),
        key_fingerprint: fingerprint,
      },
    };
  },
};

async function currentKey(username: string, expected: string | null, op: Operation<Session>) {
  const listed = await (expected === null ? workingKey(username, op) : expectedKey(username, expected, op));
  return { key: listed.credentials.accessKey, fingerprint: listed.fingerprint };
}

async function expectedKey(username: string, expected: string, { session }: Operation<Session>) {
  let listed = await listKey(session, username);
  // Another process may have rotated since this one listed.
  if (listed.fingerprint !== expected) listed = await listKey(session, username, true);
  if (listed.fingerprint !== expected) throw unexpected(username, expected, listed.fingerprint);
  return listed;
}

function unexpected(username: string, expected: string, found: string): Problem {
  return new Problem({
    code: 'stale',
    summary: `The access key of ${username} is not the expected one`,
    detail: `Its fingerprint is ${found}, not ${expected}: it was rotated elsewhere, and what consumes it would be told nothing of that. Apply the browserstack_access_key first, without -refresh=false, so that the new key is adopted: ${engineCommand('apply -refresh-only')}`,
    path: ['expected_fingerprint'],
  });
}
