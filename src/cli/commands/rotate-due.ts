// A fleet, a few keys at a time: a Terraform plan over its cap must be refused; this rotates up to the cap, the longest
// overdue first, and leaves the rest to the next run.

import { Problem, problemsOf } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import {
  clocksDisagree,
  earlierTime,
  type KeyReport,
  type KeyReportRow,
  keyReport,
  rotateNow,
  rotationTarget,
  unfinishedRotation,
} from '../../resources/access-key/index.ts';
import type { Session } from '../../resources/index.ts';
import { accessOptions, wholeNumber } from '../access.ts';
import { defineCommand, flag, value } from '../command.ts';
import { connect } from '../connection.ts';
import { askForConsent } from '../consent.ts';
import { carryOutAll, type HandOver, handOverOptions, handOversOf } from '../hand-over.ts';
import { dueUnknown, managedKeys, refuseWrongOrganization, unseenInWords } from '../managed-keys.ts';
import { envelope, Incomplete, jsonLine } from '../render/envelope.ts';
import { paletteOf, quoted } from '../render/palette.ts';
import { readStates, stateOption } from '../states.ts';

export const rotateDue = defineCommand({
  name: 'rotate-due',
  summary: 'rotate the keys that are due, the longest overdue first, and carry the rest over',
  details:
    'What is due, and whether its window is open, stands in the states given. Stops at the first key that cannot be rotated. What an earlier run of the last day rotated and did not hand over is handed over first, and not rotated again. The active account of a credential pair is left to Terraform, which rotates the idle one. Exit code 2 while keys are left to rotate. The next plan of each stack adopts the new keys.',
  options: {
    ...accessOptions,
    state: stateOption('where due dates and windows stand'),
    max: value('--max <n>', 'how many keys may be rotated in this run', wholeNumber),
    pipeTo: handOverOptions.pipeTo,
    dryRun: flag('--dry-run', 'say which keys would be rotated; change nothing'),
    yes: flag('--yes', 'do not ask'),
    json: flag('--json', 'print the result as JSON'),
  },
  examples: [
    'terraform state pull | browserstack-iac rotate-due --state - --max 20',
    'browserstack-iac rotate-due --state terraform.tfstate --yes --pipe-to \'./store-key "$ROTATED_IDENTIFIER"\'',
  ],
  async run({ options }, machine) {
    // Nothing would ever be due, and every night would end well.
    if (options.state.length === 0) throw dueUnknown('--state');
    const managed = managedKeys(await readStates(machine, options.state, options));
    const handOvers = handOversOf({ pipeTo: options.pipeTo }, machine);
    const { op } = await connect(machine, options);
    const report = await dueByBothClocks(managed, op);
    refuseWrongOrganization(report);
    const { rows, unseen } = report;
    const due = rows.filter(isDue).sort(longestOverdueFirst);
    const single = due.filter(({ paired }) => !paired);
    const turns = single.slice(0, options.max);
    const unfinished = await unfinishedAmong(rows, op.session);
    const { bold } = paletteOf(machine);
    if (turns.length > 0 && !options.dryRun && !options.yes)
      await askForConsent(
        machine,
        `Rotate ${namesOf(turns)}? Whatever uses the old keys stops working at once.`,
        'Use --yes.',
      );
    const { rotated, problems } = options.dryRun
      ? { rotated: [], problems: [] }
      : await rotateInTurn([...unfinished, ...turns], op, handOvers);
    const done = new Set(rotated.map(({ username }) => username));
    const left = single.filter(({ username }) => !done.has(username));
    const pairs = due.filter(({ paired }) => paired);
    const fields = {
      rotated: rotated.map(rotatedAsJson),
      left: left.map(nameOf),
      pairs: pairs.map(nameOf),
      unseen,
    };
    const text = [
      bold(`${rotated.length} rotated, ${left.length} left.`),
      ...rotated.map((one) => `  ${one.identifier} (${one.username}): fingerprint ${one.newFingerprint}`),
      ...(left.length === 0 ? [] : [`Left, in this order: ${namesOf(left)}`]),
      ...(pairs.length === 0 ? [] : [`Pairs, which Terraform rotates: ${namesOf(pairs)}`]),
      ...(unseen.length === 0 ? [] : [unseenInWords(report)]),
      '',
    ].join('\n');
    if (problems.length > 0) throw new Incomplete(problems, { fields, text });
    machine.stdout(options.json ? jsonLine(envelope(fields)) : text);
    return left.length > 0 ? 2 : 0;
  },
});

/**
 * What is due by this machine's clock alone is a whole fleet where that one is wrong.
 * @throws Problem `refused` when the clock of the service says otherwise
 */
async function dueByBothClocks(
  managed: Parameters<typeof keyReport>[1],
  op: Operation<Session>,
): Promise<KeyReport> {
  const now = op.clock.now();
  const report = await keyReport(op.session, managed, now);
  if (!report.rows.some(isDue)) return report;
  const earlier = await earlierTime(op);
  const agreed = await keyReport(op.session, managed, earlier);
  const [first] = report.rows.filter((row, index) => isDue(row) && agreed.rows[index]?.status !== row.status);
  if (first !== undefined)
    throw new Problem({ code: 'refused', ...clocksDisagree(first.username, now, earlier) });
  return agreed;
}

function isDue({ status }: KeyReportRow): boolean {
  return status === 'due';
}

function rotatedAsJson({ identifier, username, oldFingerprint, newFingerprint }: Rotated) {
  return { identifier, username, old_fingerprint: oldFingerprint, new_fingerprint: newFingerprint };
}

interface Rotated {
  readonly identifier: string;
  readonly username: string;
  readonly oldFingerprint: string;
  readonly newFingerprint: string;
}

/**
 * What an earlier run rotated and did not hand over (it was killed, or the hand-over failed) is handed over now, and not
 * rotated once more: as a key that is still the one before.
 */
async function unfinishedAmong(
  rows: readonly KeyReportRow[],
  session: Session,
): Promise<readonly KeyReportRow[]> {
  const unfinished: KeyReportRow[] = [];
  for (const row of rows.filter(({ managed, paired }) => managed && !paired)) {
    const before = await unfinishedRotation(session, row);
    if (before !== undefined) unfinished.push({ ...row, fingerprint: before });
  }
  return unfinished;
}

/** The first that fails ends it: what goes wrong for one goes wrong for the next, and each rotation costs a key. */
async function rotateInTurn(
  turns: readonly KeyReportRow[],
  op: Operation<Session>,
  handOvers: readonly HandOver[],
) {
  const rotated: Rotated[] = [];
  let problems: readonly Problem[] = [];
  for (const { username, fingerprint } of turns)
    try {
      op.signal.throwIfAborted();
      const demand = { expectedFingerprint: fingerprint };
      const target = await rotationTarget(`username=${username}`, demand, op.session);
      const { key, fingerprint: newFingerprint, done } = await rotateNow(target, op, demand);
      const { identifier, name, fingerprint: oldFingerprint } = target;
      rotated.push({ identifier, username, oldFingerprint, newFingerprint });
      ({ problems } = await carryOutAll(handOvers, { identifier, username, name, accessKey: key }));
      if (problems.length > 0) break;
      await done();
    } catch (error) {
      problems = problemsOf(error);
      break;
    }
  return { rotated, problems };
}

function longestOverdueFirst(a: KeyReportRow, b: KeyReportRow): number {
  return Number(a.dueAt) - Number(b.dueAt) || a.username.localeCompare(b.username, 'en');
}

function nameOf({ identifier, username }: KeyReportRow) {
  return { identifier, username };
}

function namesOf(rows: readonly KeyReportRow[]): string {
  return rows.map(({ identifier, username }) => `${quoted(identifier)} (${username})`).join(', ');
}
