import { NullProvider } from '@cdktf/provider-null/lib/provider/index.js';
import { expect, it } from 'vitest';
import { HookRunner, Organization } from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newStack } from './stack.ts';

const afterRotation = { command: 'true', runner: HookRunner.NULL_RESOURCE };

function hook(exportAccessKey: boolean) {
  const stack = newStack();
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
  acme.addServiceAccount('ci', { identifier: 'ci-1' }).rotateKey({ exportAccessKey, afterRotation });
  return { stack, text: () => JSON.stringify(synth(stack).resources('null_resource')) };
}

it('is run by the default null provider, whether the user has it or not', () => {
  const { stack } = hook(false);
  expect(synth(stack).json.terraform).toMatchObject({
    required_providers: { null: { source: 'hashicorp/null' } },
  });
  expect(synth(stack).providers('null')).toEqual([]);
  new NullProvider(stack, 'null');
  expect(synth(stack).providers('null')).toEqual([{}]);
});

it('is told the exported key, or an empty one: never is the variable left out', () => {
  expect(hook(false).text()).toContain('"BROWSERSTACK_ACCESS_KEY":""');
  expect(hook(true).text()).toMatch(
    /"BROWSERSTACK_ACCESS_KEY":"\$\{browserstack_access_key\.[^}]+\.access_key\}"/u,
  );
});
