// Where the keys go that an apply rotates: as `rotate` hands one over, for as many as there are. Never printed.

import { Problem, throwProblems } from '../errors.ts';
import type { ActionResult } from '../reconcile/apply/execute.ts';
import type { Plan } from '../reconcile/plan/plan.ts';
import { listKey } from '../resources/access-key/index.ts';
import { namesAmong, serviceAccounts } from '../resources/service-account/index.ts';
import type { Organization } from '../workspace/organization.ts';
import { type ValuesOf, value } from './command.ts';
import { carryOutAll, type HandOver, handOverOptions, handOversOf, rehearseAll } from './hand-over.ts';
import type { Machine } from './machine.ts';

export const keyDeliveryOptions = {
  keyFile: value(
    '--key-file <file>',
    'write each rotated key to this file (mode 0600); {username} in it stands for the account',
  ),
  dotenv: value(
    '--dotenv <file>',
    'set BROWSERSTACK_USERNAME and BROWSERSTACK_ACCESS_KEY of each rotated key in this file (mode 0600); {username} in it stands for the account',
  ),
  pipeTo: handOverOptions.pipeTo,
};

type Given = Partial<ValuesOf<typeof keyDeliveryOptions>>;

export class KeyDelivery {
  readonly #given: Given;
  readonly #usernames: readonly string[];
  readonly #machine: Machine;
  readonly #organization: Organization;
  readonly #rotated: string[] = [];

  /** @param plan What is going to be rotated. */
  constructor(given: Given, plan: Plan, machine: Machine, organization: Organization) {
    this.#given = given;
    this.#usernames = plan.actions.flatMap(({ rotation }) => (rotation === null ? [] : [rotation.username]));
    this.#machine = machine;
    this.#organization = organization;
  }

  /** Before anything is rotated. @throws Problem(s) when a key could not be handed over. */
  async rehearse(): Promise<void> {
    throwProblems(this.#sharedFiles());
    const tried = await Promise.all(
      this.#usernames.map((username) => rehearseAll(this.#handOvers(username))),
    );
    throwProblems(tried.flat());
  }

  take({ action, outcome }: ActionResult): void {
    if (outcome === 'updated' && action.rotation !== null) this.#rotated.push(action.rotation.username);
  }

  /** Hands over every key that was rotated, also when some cannot be. */
  async finish(): Promise<{ readonly handedTo: readonly string[]; readonly problems: readonly Problem[] }> {
    const handedTo: string[] = [];
    const problems: Problem[] = [];
    if (this.#rotated.length === 0 || this.#handOvers('').length === 0) return { handedTo, problems };
    const { session } = this.#organization.op;
    const nameOf = namesAmong(await session.snapshot(serviceAccounts).get());
    for (const username of this.#rotated) {
      const { credentials, identifier } = await listKey(session, username);
      const credential = { identifier, username, name: nameOf(username), accessKey: credentials.accessKey };
      const handed = await carryOutAll(this.#handOvers(username), credential);
      handedTo.push(...handed.handedTo);
      problems.push(...handed.problems);
    }
    return { handedTo, problems };
  }

  #handOvers(username: string): readonly HandOver[] {
    const { keyFile, dotenv, pipeTo } = this.#given;
    const filled = (file: string | undefined) => file?.replaceAll('{username}', username);
    return handOversOf({ keyFile: filled(keyFile), dotenv: filled(dotenv), pipeTo }, this.#machine);
  }

  /** Two keys in one file: the last one wins, and the others are lost to who reads it. */
  #sharedFiles(): readonly Problem[] {
    if (this.#usernames.length < 2) return [];
    return (['keyFile', 'dotenv'] as const).flatMap((option) => {
      const file = this.#given[option];
      if (file === undefined || file.includes('{username}')) return [];
      return [
        new Problem({
          code: 'invalid_input',
          summary: `${this.#usernames.length} keys would be written to one file`,
          detail: `This plan rotates the keys of ${this.#usernames.join(', ')}. Write {username} somewhere in "${file}". Nothing was rotated.`,
          path: [option === 'keyFile' ? '--key-file' : '--dotenv'],
        }),
      ];
    });
  }
}
