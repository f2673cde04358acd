import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { keyReport } from '../../resources/access-key/index.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, value, values } from '../command.ts';
import { connect } from '../connection.ts';
import { unusable, writeText } from '../files.ts';
import { managedKeys, refuseWrongOrganization } from '../managed-keys.ts';
import { evidenceAsCsv, evidenceAsJson } from '../report/evidence.ts';
import { reportOf } from '../report/facts.ts';
import { page } from '../report/page.ts';
import { readReviews } from '../report/reviews.ts';
import { findPolicy } from '../review/policy.ts';
import { readStates, stateOption } from '../states.ts';

const DEFAULT = 'browserstack-report.html';

export const report = defineCommand({
  name: 'report',
  summary:
    'write a page, and evidence for auditors: ages, what is due, owners, consumers, deliveries, waivers',
  details:
    'Costs one list. The page is one file that loads nothing and runs nothing; it and the evidence hold no key. The evidence says what each figure is known from, and what nobody can prove.',
  arguments: [{ syntax: '[file]', description: `the page (default: ${DEFAULT})` }],
  options: {
    ...accessOptions,
    state: stateOption('where ages, owners, consumers and deliveries stand'),
    review: values('--review <file>', 'what "review --json" printed: its findings are shown; repeatable'),
    policy: value('--policy <file>', 'rules and waivers (default: browserstack.policy.json, if it is there)'),
    evidence: value('--evidence <directory>', 'also write evidence.csv and evidence.json there'),
  },
  examples: [
    'terraform state pull | browserstack-iac report --state - --review review.json',
    'browserstack-iac report keys.html --state terraform.tfstate --evidence audit/2026-q4',
  ],
  async run({ arguments: [file = DEFAULT], options }, machine) {
    const resources = await readStates(machine, options.state, options);
    const managed = managedKeys(resources);
    const reviews = await readReviews(machine, options.review);
    const found = await findPolicy(machine, {
      policy: options.policy,
      base: undefined,
      basePolicy: undefined,
    });
    const { op, organizationName } = await connect(machine, options);
    const at = op.clock.now();
    const listed = await keyReport(op.session, managed, at);
    refuseWrongOrganization(listed);
    const made = reportOf({
      at,
      organization: (await organizationName()) ?? undefined,
      listed,
      resources,
      states: options.state,
      policy: found.policy,
      policyFile: { file: found.file, sha256: found.sha256 },
      reviews,
    });
    const { version } = machine.surroundings;
    await writeText(machine, file, page(made, version));
    const written = [file];
    if (options.evidence !== undefined) {
      const directory = options.evidence;
      await mkdir(resolve(machine.cwd, directory), { recursive: true }).catch((cause) => {
        throw unusable(`${directory} cannot be made`, cause);
      });
      const tool = { name: 'browserstack-iac', version };
      const json = `${JSON.stringify(evidenceAsJson(made, tool), null, 2)}\n`;
      await writeText(machine, join(directory, 'evidence.json'), json);
      await writeText(machine, join(directory, 'evidence.csv'), evidenceAsCsv(made));
      written.push(join(directory, 'evidence.json'), join(directory, 'evidence.csv'));
    }
    machine.stdout(
      `${made.keys.length} ${made.keys.length === 1 ? 'account is' : 'accounts are'} reported in ${written.join(', ')}.\n`,
    );
    return 0;
  },
});
