// What is folded away: every attribute by address, the keys of a row that stands for many, and what was said beside
// the plan.

import type { Change, Difference } from '../../change.ts';
import { isEvent } from '../../change.ts';
import { count, type Phrase, say } from '../../phrase.ts';
import type { Review } from '../../review.ts';
import { becauseOf, dayOf } from '../../words/causes.ts';
import { markdown } from './inline.ts';
import type { Table } from './table.ts';

/** Attributes that follow from another one and would only be noise. */
const NOISE = new Set([
  'rotation_reason',
  'rotation_cause',
  'key_version',
  'rotated_at',
  'rotation_status',
  'idle_key_fingerprint',
]);

export function attributeTable(changes: readonly Change[]): Table {
  const inOrder = changes.filter((change) => change.differences.length > 0 || isEvent(change));
  return {
    head: ['address', 'action', 'because', 'attribute', 'before', 'after'],
    rows: inOrder.flatMap((change) => attributeRows(change)),
  };
}

function attributeRows(change: Change): readonly (readonly string[])[] {
  const differences = change.differences.filter((difference) => isTold(change, difference));
  const address = [...(change.cause.follows === undefined ? [] : ['↳ ']), ...say`${change.shown}`];
  const head = [address, [change.kind.replaceAll('_', ' ')], becauseOf(change)];
  const rows = differences.length === 0 ? [[[], [], []]] : differences.map(differenceCells);
  return rows.map((cells, index) => {
    const lead = index === 0 ? head : [[...say`↳ `.slice(0, 0)], [], []];
    return [...lead, ...cells].map((phrase) => markdown(phrase, 'cell'));
  });
}

/** Of something new, what somebody wrote; of what ends, what makes it end; of everything else, what changes. */
function isTold({ kind, cause, type }: Change, { attribute, unknown, after, before }: Difference): boolean {
  if (NOISE.has(attribute)) return false;
  // A key and a pair are known by their account.
  const identity = CREDENTIALS.has(type) ? attribute === 'username' : IDENTITY.has(attribute);
  if (kind === 'replace') return cause.attributes.includes(attribute) || identity;
  if (kind === 'delete' || kind === 'forget' || kind === 'abandon') return identity;
  if ((kind !== 'create' && kind !== 'adopt') || cause.code === 'external') return true;
  return (
    attribute === 'username' ||
    (!unknown && after !== null && before === null && !DEFAULTS.has(`${attribute}=${after}`))
  );
}

const CREDENTIALS: ReadonlySet<string> = new Set(['browserstack_access_key', 'browserstack_credential_pair']);

const IDENTITY = new Set(['username', 'identifier', 'team', 'name', 'email']);

const DEFAULTS = new Set([
  'deletion_protection=true',
  'deletion_policy=delete',
  'generation=1',
  'adopted_key_age=new',
  'export_access_key=false',
  'rotate_on_destroy=false',
  'on_external_rotation=adopt',
  'role=user',
  'active_slot=a',
  'idle_slot_status=spare',
  'rotation_status=current',
]);

function differenceCells({ attribute, before, after, unknown, sensitive }: Difference): readonly Phrase[] {
  const value = (text: string | null): Phrase => (text === null ? ['–'] : say`${text}`);
  if (sensitive) {
    const hidden = (text: string | null, word: string): Phrase => (text === null ? ['–'] : [`*${word}*`]);
    const then = unknown
      ? ['*known after apply*']
      : hidden(after, before === null ? 'hidden' : 'hidden, another value');
    return [say`${attribute}`, hidden(before, 'hidden'), then];
  }
  return [say`${attribute}`, value(before), unknown ? ['*known after apply*'] : value(after)];
}

/** Of rows that stand for many: each key with what a person wants to know of it. */
export function keyTable(keys: readonly Change[]): Table {
  return {
    head: ['key of', 'user name', 'generation', 'last changed', 'next due', 'who uses it'],
    rows: keys.map((change) => {
      const { name, username, generation, lastRotatedAt, rotateAfterDays, consumers } = change;
      const cells: readonly Phrase[] = [
        name === username ? ['–'] : say`${name}`,
        username === undefined ? ['–'] : say`${username}`,
        [generation === undefined ? '–' : `${generation.before} → ${generation.after}`],
        [lastRotatedAt === undefined ? 'unknown' : dayOf(lastRotatedAt)],
        [rotateAfterDays === undefined ? 'never' : `${count(rotateAfterDays, 'day')} after the apply`],
        consumers.length === 0
          ? ['–']
          : consumers
              .slice(0, 3)
              .flatMap((one, index): Phrase => (index === 0 ? say`${one}` : say`, ${one}`)),
      ];
      return cells.map((phrase) => markdown(phrase, 'cell'));
    }),
  };
}

/** Warnings that say what an event of the review says already. */
const TOLD = new Set([
  'account_replaced',
  'team_replaced',
  'consumers_lose_account',
  'lives_on',
  'rotated_elsewhere',
  'held_back',
  'may_rotate',
  'plan_takes_long',
  'product_kept',
]);

export function warningTable({ diagnostics }: Review): Table {
  return {
    head: ['where', 'warning'],
    rows: diagnostics
      .filter(({ severity, code }) => severity === 'warning' && !TOLD.has(code ?? ''))
      .map(({ address, summary }) =>
        [address === undefined ? ['–'] : say`${address}`, say`${summary}`].map((phrase) =>
          markdown(phrase, 'cell'),
        ),
      ),
  };
}
