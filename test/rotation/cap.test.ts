import { afterEach, expect, it } from 'vitest';
import { accessKey } from '../../src/resources/access-key/index.ts';
import { adoptedState, unconfigured } from '../../src/resources/access-key/state.ts';
import { Secret } from '../../src/secret.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';

let world: LocalSession;
afterEach(() => world.close());

it('a plan over the cap is refused by one error, however many keys there are and however often it is asked', async () => {
  world = await localSession(
    { seed: { organization: { name: 'Acme Inc.' }, users: [{ ...OWNER, role: 'owner' }] } },
    { max_rotations_per_apply: 3 },
  );
  const plan = async (username: string): Promise<string> => {
    const triggers = (reason: string) => new Map([['reason', reason]]);
    const configured = { ...unconfigured, username, triggers: triggers('first') };
    const found = {
      identifier: null,
      team: null,
      key: new Secret('any key'),
      fingerprint: '0123456789abcdef',
      sealed: undefined,
    };
    const prior = adoptedState(configured, found, new Date(0));
    const planned = { ...prior, triggers: triggers('second') };
    const change = { action: 'update', config: undefined, prior, planned, replaces: [] } as const;
    try {
      await accessKey.plan?.(change, operation(world.session));
      return 'planned';
    } catch (error) {
      return String(error);
    }
  };
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `ci_${letter}`);
  for (let round = 0; round < 2; round += 1) {
    const answers: string[] = [];
    for (const name of names) answers.push(await plan(name));
    expect(answers.map((answer) => answer === 'planned')).toEqual([true, true, true, false, true, true]);
    expect(answers[3]).toContain('This plan would rotate more than 3 access keys');
  }
});
