import { throwProblems } from '../../errors.ts';
import {
  type RotatedNow,
  type RotationTarget,
  rotateNow,
  rotationTarget,
} from '../../resources/access-key/index.ts';
import { ACCOUNT_NAME, accessOptions } from '../access.ts';
import { defineCommand, flag, value } from '../command.ts';
import { connect } from '../connection.ts';
import { askForConsent } from '../consent.ts';
import { carryOutAll, handOverOptions, handOversOf, rehearseAll } from '../hand-over.ts';
import type { Machine } from '../machine.ts';
import { envelope, Incomplete, jsonLine } from '../render/envelope.ts';
import { paletteOf, quoted } from '../render/palette.ts';

export const rotate = defineCommand({
  name: 'rotate',
  summary: 'give a service account a new access key, at once',
  details:
    'The old key is dead when this ends; there is no way back. Prints fingerprints, never a key. Two at once rotate once: the call presents the old key, and the second one finds it dead. What a run began and did not bring to its end (it was killed, or heard no answer, or the key could not be handed over) the next one with the same --reason settles within a day, instead of rotating once more: it finds the new key and hands it over. Terraform adopts the new key with its next plan, without rotating again.',
  arguments: [{ syntax: '<account>', description: ACCOUNT_NAME }],
  options: {
    ...accessOptions,
    reason: value('--reason <text>', 'why; repeated in the output, for the record'),
    expectedFingerprint: value(
      '--expected-fingerprint <fingerprint>',
      'rotate only if the current key still has this fingerprint; so running it twice rotates once',
    ),
    dryRun: flag('--dry-run', 'say what would be rotated, and that it may be; change nothing'),
    ...handOverOptions,
    yes: flag('--yes', 'do not ask'),
    json: flag('--json', 'print the result as JSON'),
  },
  examples: [
    'browserstack-iac rotate payments-ci --reason "leaked in build 42" --yes',
    "browserstack-iac rotate payments-ci --yes --pipe-to 'gh secret set BROWSERSTACK_ACCESS_KEY'",
    'browserstack-iac rotate payments-ci --dry-run',
  ],
  async run({ arguments: [id = ''], options }, machine) {
    const handOvers = handOversOf(options, machine);
    const { op } = await connect(machine, options);
    const target = await rotationTarget(id, options, op.session);
    throwProblems(await rehearseAll(handOvers));
    const reason = options.reason ?? null;
    if (options.dryRun) {
      tell(machine, options.json, { outcome: 'dry-run', ...resultOf(target), reason, handedTo: [] });
      return 0;
    }
    const isToRotate = target.begun?.now === undefined;
    if (isToRotate && !options.yes)
      await askForConsent(
        machine,
        `Rotate the key of ${nameOf(target)}? Whatever uses the old one stops working at once.`,
        'Use --yes.',
      );
    const rotation = await rotateNow(target, op, options);
    const { identifier, username, name } = target;
    const credential = { identifier, username, name, accessKey: rotation.key };
    const { handedTo, problems } = await carryOutAll(handOvers, credential);
    if (problems.length === 0) await rotation.done();
    const { outcome } = rotation;
    const result = { outcome, ...resultOf(target, rotation), reason, handedTo };
    if (problems.length > 0)
      throw new Incomplete(problems, { fields: resultAsJson(result), text: resultAsText(machine, result) });
    tell(machine, options.json, result);
    return 0;
  },
});

type Result = ReturnType<typeof resultOf> & {
  readonly outcome: RotatedNow['outcome'] | 'dry-run';
  readonly reason: string | null;
  readonly handedTo: readonly string[];
};

function resultOf({ identifier, username, fingerprint, begun }: RotationTarget, rotation?: RotatedNow) {
  return {
    identifier,
    username,
    oldFingerprint: fingerprint,
    newFingerprint: rotation?.fingerprint ?? begun?.now?.fingerprint ?? null,
    rotatedAt: rotation?.at?.toISOString() ?? null,
  };
}

function tell(machine: Machine, json: boolean, result: Result): void {
  machine.stdout(json ? jsonLine(envelope(resultAsJson(result))) : resultAsText(machine, result));
}

function resultAsJson({ outcome, identifier, username, reason, ...rest }: Result) {
  const { oldFingerprint, newFingerprint, rotatedAt, handedTo } = rest;
  return {
    outcome,
    identifier,
    username,
    old_fingerprint: oldFingerprint,
    new_fingerprint: newFingerprint,
    rotated_at: rotatedAt,
    reason,
    handed_to: handedTo,
  };
}

function resultAsText(machine: Machine, result: Result): string {
  const { green, yellow, bold } = paletteOf(machine);
  const name = nameOf(result);
  const said = {
    rotated: green(`The key of ${name} has been rotated.`),
    adopted: yellow(`The key of ${name} was rotated by somebody else a moment ago; nothing was done.`),
    settled: yellow(
      `The key of ${name} was rotated by an earlier run that did not bring it to its end; this is its key, and nothing was rotated now. To rotate it once more, run again.`,
    ),
    'dry-run': bold(
      result.newFingerprint === null
        ? `The key of ${name} would be rotated. Nothing was changed.`
        : `The key of ${name} was rotated by an earlier run that did not bring it to its end: it would be handed over, and not rotated. Nothing was changed.`,
    ),
  }[result.outcome];
  const { oldFingerprint, newFingerprint, reason, handedTo } = result;
  const lines = [
    `old fingerprint ${oldFingerprint}`,
    ...(newFingerprint === null ? [] : [`new fingerprint ${newFingerprint}`]),
    ...(reason === null ? [] : [`reason ${quoted(reason)}`]),
    ...handedTo.map((to) => `handed to ${to}`),
  ];
  return [said, ...lines.map((line) => `  ${line}`), ''].join('\n');
}

function nameOf({ identifier, username }: Pick<RotationTarget, 'identifier' | 'username'>): string {
  return `${quoted(identifier)} (${username})`;
}
