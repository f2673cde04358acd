import { Problem } from '../../errors.ts';
import { type KeyReport, keyReport, workingKey } from '../../resources/access-key/index.ts';
import { findByName } from '../../resources/service-account/index.ts';
import { ACCOUNT_NAME, accessOptions } from '../access.ts';
import { defineCommand, flag, type ValuesOf } from '../command.ts';
import { connect } from '../connection.ts';
import type { Machine } from '../machine.ts';
import { dueUnknown, managedKeys, refuseWrongOrganization } from '../managed-keys.ts';
import { jsonLine } from '../render/envelope.ts';
import { keysAsCsv, keysAsJson, keysAsText } from '../render/keys.ts';
import { paletteOf } from '../render/palette.ts';
import { readStates, stateOption } from '../states.ts';

const options = {
  ...accessOptions,
  state: stateOption('where ages, due dates and consumers stand'),
  overdue: flag(
    '--overdue',
    'only what is overdue, lost or changed elsewhere; exit code 2 if there is any. Needs --state',
  ),
  reveal: flag('--reveal', 'print the key itself, of exactly one account, and nothing besides'),
  csv: flag('--csv', 'print as CSV'),
  json: flag('--json', 'print as JSON'),
};

export const keys = defineCommand({
  name: 'keys',
  summary: 'list the keys of service accounts: fingerprints, ages, what is overdue; or reveal one key',
  details:
    'A fingerprint says whether two keys are the same and nothing else. BrowserStack tells no dates: ages and due dates stand in the state of whoever manages the key.',
  arguments: [{ syntax: '[account]', description: `${ACCOUNT_NAME}; all accounts without it` }],
  options,
  examples: [
    'browserstack-iac keys',
    'terraform state pull | browserstack-iac keys --state - --overdue',
    'browserstack-iac keys payments-ci --reveal | vault kv put secret/payments-ci access_key=-',
  ],
  async run({ arguments: [id], options: given }, machine) {
    refuseContradictions(id, given);
    if (given.reveal) return reveal(id ?? '', given, machine);
    const managed = managedKeys(await readStates(machine, given.state, given));
    const { op } = await connect(machine, given);
    const username = id === undefined ? undefined : (await findByName(op.session, id)).username;
    const all = await keyReport(op.session, managed, op.clock.now());
    refuseWrongOrganization(all);
    const report = given.overdue
      ? only(all, (row) => all.overdue.includes(row) || all.unsettled.includes(row))
      : only(all, (row) => username === undefined || row.username === username);
    if (given.json) machine.stdout(jsonLine(keysAsJson(report)));
    else machine.stdout(given.csv ? keysAsCsv(report) : keysAsText(report, paletteOf(machine)));
    return given.overdue && report.rows.length > 0 ? 2 : 0;
  },
});

async function reveal(id: string, given: ValuesOf<typeof options>, machine: Machine): Promise<0> {
  const { op } = await connect(machine, given);
  const { identifier, username, accessKey } = await findByName(op.session, id);
  if (accessKey === undefined)
    throw new Problem({
      code: 'unexpected_answer',
      summary: `BrowserStack hides the key of "${identifier}"`,
      detail: 'The list shows the account without its key, so it can only be seen where it was made.',
    });
  const { credentials } = await workingKey(username, op);
  machine.reveal(credentials.accessKey.reveal());
  return 0;
}

function only(
  { rows, overdue, unsettled, unseen }: KeyReport,
  wanted: (row: KeyReport['rows'][number]) => boolean,
): KeyReport {
  return {
    rows: rows.filter(wanted),
    overdue: overdue.filter(wanted),
    unsettled: unsettled.filter(wanted),
    unseen,
  };
}

function refuseContradictions(id: string | undefined, given: ValuesOf<typeof options>): void {
  const { reveal: shows, overdue, csv, json, state } = given;
  if (shows && (id === undefined || overdue || csv || json))
    throw contradiction(
      '--reveal',
      '--reveal takes exactly one account, and no other form of output',
      'For example: browserstack-iac keys payments-ci --reveal',
    );
  if (csv && json) throw contradiction('--csv', 'Two forms of output', 'Give --csv or --json, not both.');
  if (overdue && state.length === 0) throw dueUnknown('--overdue');
}

function contradiction(option: string, summary: string, detail: string): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path: [option] });
}
