import { TerraformOutput } from 'cdktf';
import { afterEach, beforeEach, expect } from 'vitest';
import { BrowserstackFunctions, Duration, Organization, PluginMirror } from '../../constructs/index.ts';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Everything that could end a text, an argument or an expression. */
const HOSTILE = 'a"b\\c\n\t\u0001\b$' + '{x}%' + '{y} $' + '$' + '{z} é 数';

describeWithTerraform('the functions of the provider', () => {
  itNeeds('provider functions')('take any text for what it is, and give what the provider says', async () => {
    const { apply, run } = await world.program((stack) => {
      const acme = new Organization(stack, 'acme', { name: 'Acme Inc.', pluginMirror: PluginMirror.NONE });
      const { username } = acme.addServiceAccount('ci', { identifier: 'ci-1' });
      const values = {
        hub: BrowserstackFunctions.hubUrl(HOSTILE, 'k/1'),
        json: BrowserstackFunctions.credentialJson(`${HOSTILE}${username}${HOSTILE}`, HOSTILE),
        fingerprint: BrowserstackFunctions.keyFingerprint('ci', 'key'),
        due: BrowserstackFunctions.rotationDueAt(
          'ci',
          '2026-01-01T00:00:00Z',
          Duration.days(30),
          Duration.days(0),
        ),
      };
      for (const [id, value] of Object.entries(values)) new TerraformOutput(stack, id, { value });
    });
    expect(await apply()).toMatchObject({ exitCode: 0 });
    const outputs = JSON.parse((await run('output', '-json')).output);
    const [account] = world.local.accounts();
    // The hub is that of the service which the environment names, here the local one.
    const { host } = new URL(world.env.BROWSERSTACK_API_URL ?? '');
    expect(outputs.hub.value).toBe(`http://${encodeURIComponent(HOSTILE)}:k%2F1@${host}/wd/hub`);
    expect(JSON.parse(outputs.json.value)).toEqual({
      username: `${HOSTILE}${account?.username}${HOSTILE}`,
      access_key: HOSTILE,
    });
    expect(outputs.fingerprint.value).toMatch(/^[0-9a-f]{16}$/u);
    expect(outputs.due.value).toBe('2026-01-31T00:00:00.000Z');
  });
});
