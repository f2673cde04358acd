import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '../../errors.ts';
import { refuseElsewhere } from '../../reconcile/inventory/inventory.ts';
import { isChange } from '../../reconcile/plan/plan.ts';
import { isPlanFile, writePlan } from '../../reconcile/plan/plan-file.ts';
import { configurationSchema } from '../../resources/configuration/schema.ts';
import { accessOptions, duration } from '../access.ts';
import { defineCommand, flag, value } from '../command.ts';
import { connect } from '../connection.ts';
import { readText, writeText } from '../files.ts';
import { inventoryOption, inventoryPath, loadInventory } from '../inventory-file.ts';
import type { Machine } from '../machine.ts';
import { jsonLine } from '../render/envelope.ts';
import { paletteOf } from '../render/palette.ts';
import { planAsText } from '../render/plan.ts';
import { planAsJson } from '../render/plan-json.ts';
import { changeOptions, requestOf, stackArgument, stackFrom, stackOptions } from '../stack-options.ts';

const DAY = 86_400_000;

export const plan = defineCommand({
  name: 'plan',
  summary: 'show what would have to change so that the organization is as the stack says',
  details:
    'Lists once per kind and changes nothing. Ends with 0 when there is nothing to do, 2 when there are changes, 1 on an error.',
  arguments: [stackArgument],
  options: {
    ...accessOptions,
    ...stackOptions,
    inventory: inventoryOption,
    ...changeOptions,
    out: value('--out <file>', 'keep the plan, for "apply FILE"; replaces nothing but an older plan'),
    validFor: value(
      '--valid-for <time>',
      'how long a kept plan may be applied, e.g. 30m, 24h (default), 7d',
      duration,
    ),
    json: flag('--json', 'print the plan as JSON'),
  },
  examples: [
    'browserstack-iac plan',
    'browserstack-iac plan cdktf.out/stacks/acme --prune --out acme.plan.json',
    'terraform show -json tfplan | browserstack-iac plan --from-terraform -',
  ],
  async run({ arguments: [path], options }, machine) {
    const { stack, name } = await stackFrom(machine, path, options);
    if (options.out !== undefined) await refuseToReplace(machine, options.out);
    const { reconciler, binding, organizationName, knownOrganizationName, maxRotations } = await connect(
      machine,
      options,
      stack.provider,
    );
    const file = inventoryPath(options.inventory, name);
    const inventory = await loadInventory(machine, file);
    const request = requestOf(stack, inventory, options, maxRotations);
    const here = { target: binding.target, organization: null };
    refuseElsewhere(inventory, here, file);
    const { plan: planned } = await reconciler.plan(request);
    refuseElsewhere(inventory, { ...here, organization: knownOrganizationName() }, file);
    if (options.out !== undefined) {
      const text = writePlan(
        { request, plan: planned },
        { ...binding, organization: await organizationName() },
        { madeAt: machine.clock.now(), validFor: options.validFor ?? DAY, inventory: file },
        configurationSchema,
      );
      await writeText(machine, options.out, text, { mode: 0o600 });
    }
    if (options.json) machine.stdout(jsonLine(planAsJson(planned)));
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

/** A plan may take the place of an older plan, and of nothing else. */
async function refuseToReplace(machine: Machine, file: string): Promise<void> {
  if (!existsSync(resolve(machine.cwd, file)) || isPlanFile(await readText(machine, file))) return;
  throw new Problem({
    code: 'refused',
    summary: `${file} exists already and is no plan`,
    detail:
      'What stands in it would be lost. Give another file; or remove this one first, if it is not needed.',
    path: ['--out'],
  });
}
