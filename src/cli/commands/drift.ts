import { accessOptions } from '../access.ts';
import { defineCommand, flag } from '../command.ts';
import { connect } from '../connection.ts';
import { paletteOf } from '../render/palette.ts';
import { driftAsText } from '../render/plan.ts';
import { desiredFrom, providerOption, stackArgument } from '../stack-options.ts';

export const drift = defineCommand({
  name: 'drift',
  summary: 'show what in the organization differs from the stack: missing, moved, changed, unmanaged',
  details:
    'Proposes and changes nothing. Ends with 0 when everything declared is as declared, 2 when it is not, 1 on an error. Unmanaged objects count only with --strict.',
  arguments: [stackArgument],
  options: {
    ...accessOptions,
    provider: providerOption,
    strict: flag('--strict', 'unmanaged objects are drift too'),
    json: flag('--json', 'print the drift as JSON'),
  },
  examples: ['browserstack-iac drift cdktf.out/stacks/acme --json'],
  async run({ arguments: [path], options }, machine) {
    const desired = await desiredFrom(machine, path, options);
    const { reconciler } = await connect(machine, options, desired.provider);
    const found = await reconciler.drift(desired);
    machine.stdout(options.json ? `${JSON.stringify(found)}\n` : driftAsText(found, paletteOf(machine)));
    return found.inSync && !(options.strict && found.counts.unmanaged > 0) ? 0 : 2;
  },
});
