import { Problem, throwProblems } from '../../errors.ts';
import { answerBehaviours } from './answers.ts';
import type { Behaviour, Certainty, SwitchesOf } from './behaviour.ts';
import { keyAndAccessBehaviours } from './keys-and-access.ts';
import { serviceAccountBehaviours } from './service-accounts.ts';
import { teamAndUserBehaviours } from './teams-and-users.ts';

export type { Behaviour, Certainty };

/** Every guess of the local BrowserStack: name, default, choices, reason, certainty, source. */
export const behaviourCatalogue = [
  ...serviceAccountBehaviours,
  ...keyAndAccessBehaviours,
  ...teamAndUserBehaviours,
  ...answerBehaviours,
] as const satisfies readonly Behaviour[];

/** The position of every switch, by its name. */
export type Behaviours = SwitchesOf<typeof behaviourCatalogue>;

export type BehaviourName = keyof Behaviours;

/**
 * Lenient serves what any version of the pages shows; strict serves the newest official text only, so that a client
 * that leans on an older form is found.
 */
export type Mode = 'lenient' | 'strict';

/** The switches of a mode, with some turned by hand. Throws every wrong name and value at once. */
export function resolveBehaviours(mode: Mode, chosen: Readonly<Record<string, unknown>> = {}): Behaviours {
  const problems: Problem[] = [];
  const switches: Record<string, string | number> = {};
  for (const behaviour of behaviourCatalogue) switches[behaviour.name] = defaultOf(behaviour, mode);
  for (const [name, value] of Object.entries(chosen)) {
    if (value === undefined) continue;
    const checked = checkBehaviour(name, value);
    if (checked instanceof Problem) problems.push(checked.at(['behaviours', name]));
    else switches[name] = checked;
  }
  throwProblems(problems);
  // Every name of the catalogue was given a value of its own choices just above.
  return switches as unknown as Behaviours;
}

/** Reads `name=value`, as written on the command line. */
export function parseBehaviour(text: string): Partial<Behaviours> {
  const at = text.indexOf('=');
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  const value = checkBehaviour(name, at < 0 ? '' : text.slice(at + 1).trim());
  if (value instanceof Problem) throw value;
  // The name is one of the catalogue and the value one of its choices.
  return { [name]: value } as Partial<Behaviours>;
}

/** The choices of a behaviour as a person writes them. */
export function choicesOf(behaviour: Behaviour): string {
  return 'choices' in behaviour
    ? behaviour.choices.join(', ')
    : `0 to ${behaviour.maximum} ${behaviour.unit}`;
}

function defaultOf(behaviour: Behaviour, mode: Mode): string | number {
  if ('strict' in behaviour && behaviour.strict !== undefined && mode === 'strict') return behaviour.strict;
  return behaviour.default;
}

function checkBehaviour(name: string, value: unknown): string | number | Problem {
  const behaviour: Behaviour | undefined = behaviourCatalogue.find((candidate) => candidate.name === name);
  if (behaviour === undefined)
    return new Problem({
      code: 'invalid_input',
      summary: `Unknown behaviour "${name}"`,
      detail: 'List the behaviours with `browserstack-iac emulate --list-behaviours`.',
    });
  if ('choices' in behaviour) {
    const choice = behaviour.choices.find((candidate) => candidate === String(value));
    return choice ?? wrongValue(behaviour);
  }
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  const fits = typeof number === 'number' && Number.isInteger(number) && number >= 0;
  return fits && number <= behaviour.maximum ? number : wrongValue(behaviour);
}

function wrongValue(behaviour: Behaviour): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `Behaviour "${behaviour.name}" has no such value`,
    detail: `It takes ${choicesOf(behaviour)}.`,
  });
}
