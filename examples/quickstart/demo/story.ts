// The story of the demo: each step does something as its user would, looks at the world, and says what it saw.

import { type Engine, ROTATE } from './engine.ts';
import type { Scene } from './scene.ts';
import type { Change } from './synthesis.ts';

export interface Step {
  readonly name: string;
  readonly title: string;
  play(scene: Scene): Promise<void>;
}

const UNPROTECTED: Change = { ...ROTATE, QUICKSTART_PROTECT: 'false' };

const deploy: Step = {
  name: 'deploy',
  title: 'Deploy the organization: two teams, five service accounts, one managed key',
  async play(scene) {
    await scene.act(scene.engine.deploy, 0);
    const { local } = scene.stage;
    scene.check(`${local.teams().length} teams exist`, local.teams().length === 2);
    scene.check(`${local.accounts().length} service accounts exist`, local.accounts().length === 5);
  },
};

const planAgain: Step = {
  name: 'no-changes',
  title: 'Plan again: nothing to do, for one request per kind of object',
  async play(scene) {
    scene.stage.local.clearRequests();
    await scene.act(scene.engine.plan, 0);
    const requests = scene.stage.local.requests().length;
    scene.check(`no changes; the look at 8 objects cost ${requests} requests`, requests === 2);
  },
};

const drift: Step = {
  name: 'drift',
  title: 'Behind our back, somebody deletes an account and recycles a key',
  async play(scene) {
    const doomed = `/user/service-accounts?username=${scene.account('nightly').username}`;
    scene.screen.command(`curl -X DELETE ${scene.stage.url}${doomed}`);
    scene.check('the account "nightly" is gone', (await scene.call('DELETE', doomed)) === 200);
    const recycle = '/automate/recycle_key.json';
    scene.screen.command(`curl -X PUT -d '{}' ${scene.stage.url}${recycle}   # as payments-ci`);
    const recycled = await scene.call('PUT', recycle, scene.account('payments-ci'));
    scene.check('payments-ci has another key', recycled === 200);
    await scene.act(scene.engine.plan, 2);
  },
};

const repair: Step = {
  name: 'repair',
  title: 'Deploy again: the account comes back, the changed key is adopted',
  async play(scene) {
    await scene.act(scene.engine.deploy, 0);
    scene.check('five service accounts exist', scene.stage.local.accounts().length === 5);
    await scene.act(scene.engine.plan, 0);
  },
};

const rotate: Step = {
  name: 'rotate',
  title: 'Rotate the key of payments-ci: in place, the account stays',
  async play(scene) {
    const before = scene.account('payments-ci');
    await scene.act(scene.engine.rotate, 0);
    const after = scene.account('payments-ci');
    scene.check(`the account is still ${after.username}`, after.username === before.username);
    for (const [which, { accessKey }, expected] of [
      ['old', before, 401],
      ['new', after, 200],
    ] as const) {
      const status = await scene.call('GET', '/automate/plan.json', { ...after, accessKey });
      scene.check(`the ${which} key ${scene.screen.key(accessKey)} answers ${status}`, status === expected);
    }
  },
};

function endings({ destroy }: Engine): readonly Step[] {
  if (destroy === undefined) return [];
  return [
    {
      name: 'protected',
      title: 'Destroy? The plan refuses: everything is protected against deletion',
      async play(scene) {
        const output = await scene.act(destroy, 1, ROTATE);
        scene.check('it was refused', output.includes('is protected against deletion'));
        scene.check('nothing was deleted', scene.stage.local.accounts().length === 5);
      },
    },
    {
      name: 'destroy',
      title: 'Take the protection off, then destroy',
      async play(scene) {
        const { deploy: act } = scene.engine;
        await scene.act({ ...act, command: `QUICKSTART_PROTECT=false ${act.command}` }, 0, UNPROTECTED);
        await scene.act(destroy, 0, UNPROTECTED);
        const { local } = scene.stage;
        scene.check('nothing is left', local.accounts().length + local.teams().length === 0);
      },
    },
  ];
}

/** The steps this engine can play. */
export function storyFor(engine: Engine): readonly Step[] {
  return [deploy, planAgain, drift, repair, rotate, ...endings(engine)];
}
