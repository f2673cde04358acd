import type { Rule } from '../rule.ts';

export const secretRules = [
  {
    name: 'plan-is-whole',
    level: 'error',
    summary: 'The plan was refused, is only a part (-target), or leaves changes for later.',
    why: 'A review of a part says nothing about the rest, and a plan that was refused changes nothing: neither is what somebody approves.',
    fix: 'Mend what the plan was refused for; plan without -target and -exclude.',
    controls: [],
  },
  {
    name: 'key-not-in-state',
    level: 'error',
    summary: 'A key stands in the state in clear, or in an output.',
    why: 'Whoever can read the state, a backup of it, or the plan file of a pipeline can use the key, for as long as it lives.',
    fix: 'Take export_access_key, current_access_key or the output away, and hand the key over by the ephemeral resource; then rotate it once, because old versions of the state keep it.',
    controls: [
      'OWASP NHI2:2025',
      'PCI DSS 4.0 8.3.2 (by analogy)',
      'PCI DSS 4.0 8.6.2 (by analogy)',
      'NIST 800-53 IA-5(g)',
    ],
  },
  {
    name: 'no-secret-in-code',
    level: 'error',
    summary: 'An access key is written in the configuration: a literal, a default of a variable, a name.',
    why: 'Code is copied, forked, indexed and kept for ever; a key in it is known to everybody who ever had a clone.',
    fix: 'Give the key by BROWSERSTACK_ACCESS_KEY in the environment of the job, and rotate the one that was written down.',
    controls: ['OWASP NHI2:2025', 'PCI DSS 4.0 8.6.2 (by analogy)'],
  },
  {
    name: 'base-url-allowed',
    level: 'error',
    summary: 'The provider is pointed at a host that is not BrowserStack, or at one without TLS.',
    why: 'The provider sends the key of an administrator with its first request, which is already made while planning.',
    fix: 'Take base_url away; or, if the host is meant, allow it in the policy of the base branch.',
    controls: ['OWASP NHI2:2025'],
    parameters: {
      hosts: {
        description: 'Hosts that are allowed besides those of BrowserStack.',
        schema: { type: 'array', items: { type: 'string', minLength: 1 }, default: [] as readonly string[] },
      },
    },
  },
  {
    name: 'plan-time-code',
    level: 'error',
    summary:
      'A static review finds something that would run, or send, with the credentials of the plan or the apply job.',
    why: 'A plan already runs programs: data sources, providers, modules. A change that adds one takes the key of the administrator before anybody has looked at a plan.',
    fix: 'Have somebody of the project read the change before a job with credentials plans it.',
    controls: ['OWASP NHI2:2025', 'OWASP NHI3:2025'],
  },
  {
    name: 'delivery-command-changed',
    level: 'warning',
    summary: 'A command of a provisioner runs in this apply.',
    why: 'It runs on the machine that holds the credentials of the administrator: whoever writes it can use them.',
    fix: 'Read the command. Prefer a write-only argument of the secret store, which runs nothing.',
    controls: ['OWASP NHI3:2025'],
  },
] as const satisfies readonly Rule[];
