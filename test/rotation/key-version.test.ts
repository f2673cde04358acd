import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyFingerprint, keyVersion } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';

it('the version of a key is a positive 32-bit integer, whatever its fingerprint', () => {
  const versions = ['00000000', '7ffffffe', '7fffffff', 'ffffffff'].map((digits) =>
    keyVersion(digits.padEnd(16, '0')),
  );
  expect(versions).toEqual([1, 2 ** 31 - 1, 1, 2]);
  const key = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(key, key, (username, text) => {
      const version = keyVersion(keyFingerprint(username, new Secret(text)));
      return Number.isInteger(version) && version >= 1 && version < 2 ** 31;
    }),
  );
});

it('another key, or the same key under another user name, has another version', () => {
  const versions = new Set<number>();
  for (const username of ['ci_a', 'ci_b'])
    for (let number = 0; number < 500; number += 1)
      versions.add(keyVersion(keyFingerprint(username, new Secret(`key ${number}`))));
  expect(versions.size).toBe(1000);
});
