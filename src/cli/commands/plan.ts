import { isChange } from '../../reconcile/plan/plan.ts';
import { writePlan } from '../../reconcile/plan/plan-file.ts';
import { configurationSchema } from '../../resources/configuration/schema.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, flag, value } from '../command.ts';
import { connect } from '../connection.ts';
import { writeText } from '../files.ts';
import { paletteOf } from '../render/palette.ts';
import { planAsText } from '../render/plan.ts';
import { desiredFrom, intentionOf, providerOption, pruneOptions, stackArgument } from '../stack-options.ts';

export const plan = defineCommand({
  name: 'plan',
  summary: 'show what would have to change so that the organization is as the stack says',
  details:
    'Lists once per kind and changes nothing. Ends with 0 when there is nothing to do, 2 when there are changes, 1 on an error.',
  arguments: [stackArgument],
  options: {
    ...accessOptions,
    provider: providerOption,
    ...pruneOptions,
    out: value('--out <file>', 'keep the plan, for "apply FILE"'),
    json: flag('--json', 'print the plan as JSON'),
  },
  examples: [
    'browserstack-iac plan',
    'browserstack-iac plan cdktf.out/stacks/acme --prune --out acme.plan.json',
  ],
  async run({ arguments: [path], options }, machine) {
    const desired = await desiredFrom(machine, path, options);
    const { reconciler, target } = await connect(machine, options, desired.provider);
    const proposal = await reconciler.plan(intentionOf(desired, options));
    if (options.out !== undefined) {
      const text = writePlan(proposal, target, configurationSchema);
      await writeText(machine, options.out, text, { mode: 0o600 });
    }
    const { plan: planned } = proposal;
    if (options.json) machine.stdout(`${JSON.stringify(planned)}\n`);
    else {
      machine.stdout(planAsText(planned, paletteOf(machine)));
      if (options.out !== undefined)
        machine.stdout(
          `\nKept in ${options.out}; do exactly this with: browserstack-iac apply ${options.out}\n`,
        );
    }
    return planned.actions.some(isChange) ? 2 : 0;
  },
});
