// The example that shows what all of this is for, as its readers run it: a program of its own, deployed, refused by the
// store, mended, and rotated.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { terraform } from './engine.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const IN_VAULT = ['payments/ci', 'payments/nightly', 'search/ci'];

describeWithTerraform('examples/key-delivery', () => {
  itNeeds('ephemeral resources', 'write-only arguments')(
    'delivers every key, at first and after each rotation, and shows what did not arrive',
    async () => {
      const run = deployer();
      expect(await run('apply', '-auto-approve')).toMatchObject({ exitCode: 0 });
      const first = await expectDelivered();
      expect(await run('plan', '-detailed-exitcode')).toMatchObject({ exitCode: 0 });

      // All are due, on a Friday at ten in Berlin; the store refuses.
      world.pass(46);
      world.stores.refusing = true;
      expect(await run('apply', '-auto-approve')).toMatchObject({ exitCode: 1 });
      world.stores.refusing = false;
      const seen = await run('plan', '-detailed-exitcode');
      expect(seen.exitCode).toBe(2);
      expect(seen.output).toContain('does not hold the key of');
      const mends = [
        ...new Set((await run('apply', '-auto-approve')).output.match(/-replace=[\w.-]+\.[\w-]+/gu)),
      ];
      expect(await run('apply', '-auto-approve', ...mends)).toMatchObject({ exitCode: 0 });
      const second = await expectDelivered();
      expect(await run('plan', '-detailed-exitcode')).toMatchObject({ exitCode: 0 });
      for (const [index, key] of second.entries()) expect(key === first[index]).toBe(false);
      const state = readFileSync(join(world.directory, 'terraform.key-delivery.tfstate'), 'utf8');
      for (const key of [...first, ...second]) expect(state.includes(key)).toBe(false);
    },
  );
});

/** Runs the engine in what the program synthesized, with a `gh` that keeps what it is given. */
function deployer() {
  const tools = join(world.directory, 'bin');
  const secrets = join(world.directory, 'github');
  for (const directory of [tools, secrets]) mkdirSync(directory);
  const gh = join(tools, 'gh');
  // gh secret set NAME --repo=… --env=…
  writeFileSync(gh, `#!/bin/sh\ncat > "${secrets}/$(echo "$4 $5 $3" | tr '/= ' '___')"\n`);
  chmodSync(gh, 0o755);
  const env = { ...world.env, PATH: `${tools}${delimiter}${process.env.PATH}` };
  const program = resolve('examples/key-delivery/main.ts');
  execFileSync(process.execPath, ['--import', import.meta.resolve('tsx'), program], {
    cwd: world.directory,
    env: { ...process.env, ...env, CDKTF_OUTDIR: 'out' },
    stdio: 'pipe',
  });
  const directory = join(world.directory, 'out/stacks/key-delivery');
  let isReady = false;
  return async (...args: readonly string[]) => {
    if (!isReady) expect(await terraform(directory, env, 'init')).toMatchObject({ exitCode: 0 });
    isReady = true;
    return terraform(directory, env, ...args, '-input=false', '-no-color');
  };
}

/** Each key works, in both places. Returns those in Vault. */
async function expectDelivered(): Promise<readonly string[]> {
  const held = IN_VAULT.map((path) =>
    JSON.parse(world.stores.contents.get(`secret/browserstack/${path}`) ?? '{}'),
  );
  const secrets = join(world.directory, 'github');
  const inGithub = readdirSync(secrets).map((name) => readFileSync(join(secrets, name), 'utf8'));
  expect(inGithub).toHaveLength(2 * held.length);
  for (const { username, access_key } of held) {
    expect(await world.answers(username, access_key)).toBe(200);
    expect(inGithub.filter((text) => text === username || text === access_key)).toHaveLength(2);
  }
  return held.map(({ access_key }) => access_key);
}
