import type { Rule } from '../rule.ts';
import { texts } from './parameters.ts';

const OWNED = ['CIS Controls 5.5', 'NIST 800-53 AC-2(a)', 'NIST 800-53 AC-2(b)', 'OWASP NHI1:2025'] as const;

export const ownershipRules = [
  {
    name: 'consumers-declared',
    level: 'warning',
    summary: 'Nobody is declared who uses a key.',
    why: 'When it rotates or dies, nobody knows who stops working.',
    fix: 'Write consumers: pipelines, repositories, contacts.',
    controls: OWNED,
  },
  {
    name: 'owner-declared',
    level: 'warning',
    summary: 'An account has no owner.',
    why: 'An account that nobody owns is deleted by nobody when it is not needed any more.',
    fix: 'Say who answers for it, in an entry of consumers that begins with "owner:".',
    controls: OWNED,
  },
  {
    name: 'team-required',
    level: 'warning',
    summary: 'An account belongs to the whole organization.',
    why: 'It sees the data of every team, and uses the parallels of everybody.',
    fix: 'Give it a team, or waive this with the reason.',
    controls: ['OWASP NHI5:2025', 'PCI DSS 4.0 7.2.5'],
  },
  {
    name: 'one-key-one-use',
    level: 'warning',
    summary: 'One key is used by many, or in two environments.',
    why: 'A leak cannot be traced to its place, and a rotation stops all of them at once.',
    fix: 'Make an account for each use.',
    controls: ['OWASP NHI9:2025', 'OWASP NHI8:2025'],
    parameters: {
      max: {
        description: 'How many consumers may share a key; contacts ("owner: …") do not count.',
        schema: { type: 'integer', minimum: 1, default: 3 },
      },
      environments: texts('Words that name an environment in a consumer.', [
        'prod',
        'production',
        'staging',
        'stage',
        'dev',
        'test',
        'qa',
      ]),
    },
  },
  {
    name: 'identifier-pattern',
    level: 'note',
    summary: 'The identifier of an account does not say what it is for.',
    why: 'Dashboards and reports show the identifier and nothing else.',
    fix: 'Choose an identifier that names team and use. (Another identifier is another account: rename it in the console of BrowserStack.)',
    controls: ['OWASP NHI8:2025'],
    parameters: {
      pattern: {
        description: 'A regular expression that it must match; without one it must name its team.',
        schema: { type: 'string', format: 'regex', default: '' },
      },
    },
  },
  {
    name: 'person-admin',
    level: 'warning',
    summary: 'A person becomes an admin by code.',
    why: 'An admin manages accounts, keys and people; so does whoever can merge.',
    fix: 'Have the owner of the organization approve it, or give the role in the console of BrowserStack.',
    controls: ['OWASP NHI10:2025', 'NIST 800-53 AC-6'],
  },
  {
    name: 'person-uses-key',
    level: 'warning',
    summary: 'The key of a person is managed like that of a machine.',
    why: 'Rotating it locks the person out of what they run by hand, and a pipeline that uses it stops when they leave.',
    fix: 'Make a service account for the pipeline.',
    controls: ['OWASP NHI10:2025'],
  },
] as const satisfies readonly Rule[];
