// The GitHub command line as far as issues go, with a file for a forge. GH_ISSUES names it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const file = process.env.GH_ISSUES;
if (!process.env.GH_TOKEN) throw new Error('gh: not logged in');
const issues = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const text = { type: 'string' };
const {
  values,
  positionals: [noun, verb, number],
} = parseArgs({
  allowPositionals: true,
  options: {
    label: text,
    state: text,
    json: text,
    title: text,
    'body-file': text,
    comment: text,
    force: { type: 'boolean' },
  },
});
const body = () => readFileSync(values['body-file'], 'utf8');
const one = () => issues.find((issue) => issue.number === Number(number));

if (`${noun} ${verb}` === 'issue list')
  process.stdout.write(
    JSON.stringify(issues.filter(({ state, label }) => state === values.state && label === values.label)),
  );
else if (`${noun} ${verb}` === 'issue create')
  issues.push({
    number: issues.length + 1,
    title: values.title,
    label: values.label,
    state: 'open',
    body: body(),
  });
else if (`${noun} ${verb}` === 'issue edit') one().body = body();
else if (`${noun} ${verb}` === 'issue close') one().state = 'closed';
else if (`${noun} ${verb}` !== 'label create') throw new Error(`gh: unknown command ${noun} ${verb}`);
writeFileSync(file, JSON.stringify(issues));
