import { refuseElsewhere } from '../../reconcile/inventory/inventory.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, flag } from '../command.ts';
import { connect } from '../connection.ts';
import { inventoryOption, inventoryPath, loadInventory } from '../inventory-file.ts';
import { driftAsJson, driftAsText } from '../render/drift.ts';
import { jsonLine } from '../render/envelope.ts';
import { paletteOf } from '../render/palette.ts';
import { stackArgument, stackFrom, stackOptions } from '../stack-options.ts';

export const drift = defineCommand({
  name: 'drift',
  summary:
    'show what in the organization differs from the stack: missing, remade, moved, changed, keys rotated or overdue',
  details:
    'Proposes and changes nothing. Ends with 0 when everything declared is as declared, 2 when it is not, 1 on an error, also when these credentials cannot see something that is declared. What was remade and whose key was rotated elsewhere is known from the inventory that "apply" writes. Unmanaged objects count only with --strict.',
  arguments: [stackArgument],
  options: {
    ...accessOptions,
    ...stackOptions,
    inventory: inventoryOption,
    strict: flag('--strict', 'unmanaged objects are drift too'),
    json: flag('--json', 'print the drift as JSON'),
  },
  examples: ['browserstack-iac drift cdktf.out/stacks/acme --json'],
  async run({ arguments: [path], options }, machine) {
    const { stack, name } = await stackFrom(machine, path, options);
    const { reconciler, binding, knownOrganizationName } = await connect(machine, options, stack.provider);
    const file = inventoryPath(options.inventory, name);
    const inventory = await loadInventory(machine, file);
    const here = { target: binding.target, organization: null };
    refuseElsewhere(inventory, here, file);
    const found = await reconciler.drift({ stack, inventory });
    refuseElsewhere(inventory, { ...here, organization: knownOrganizationName() }, file);
    machine.stdout(options.json ? jsonLine(driftAsJson(found)) : driftAsText(found, paletteOf(machine)));
    return found.inSync && !(options.strict && found.counts.unmanaged > 0) ? 0 : 2;
  },
});
