import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem, throwProblems } from '../../errors.ts';
import type { ActionResult } from '../../reconcile/apply/execute.ts';
import { refuseElsewhere } from '../../reconcile/inventory/inventory.ts';
import type { PlanRequest } from '../../reconcile/plan/context.ts';
import { isChange, type Plan } from '../../reconcile/plan/plan.ts';
import {
  bindingProblems,
  isPlanFile,
  type PlanBinding,
  readPlan,
  type SavedPlan,
} from '../../reconcile/plan/plan-file.ts';
import type { ApplyReport } from '../../reconcile/reconciler.ts';
import type { Organization } from '../../workspace/organization.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, flag, type ValuesOf } from '../command.ts';
import { connect } from '../connection.ts';
import { askForConsent } from '../consent.ts';
import { readText } from '../files.ts';
import { inventoryOption, inventoryPath, type LockedInventory, lockInventory } from '../inventory-file.ts';
import { KeyDelivery, keyDeliveryOptions } from '../key-delivery.ts';
import type { ExitCode, Machine } from '../machine.ts';
import { reportAsText, resultAsText } from '../render/apply.ts';
import { jsonLine } from '../render/envelope.ts';
import { paletteOf } from '../render/palette.ts';
import { planAsText } from '../render/plan.ts';
import { reportAsJson } from '../render/plan-json.ts';
import { changeOptions, requestOf, stackArgument, stackFrom, stackOptions } from '../stack-options.ts';

const options = {
  ...accessOptions,
  ...stackOptions,
  inventory: inventoryOption,
  ...changeOptions,
  ...keyDeliveryOptions,
  autoApprove: flag('--auto-approve', 'do not ask'),
  json: flag('--json', 'print the result as JSON; needs --auto-approve or a plan file'),
};

type Given = ValuesOf<typeof options>;

const INSTEAD =
  'Use --auto-approve, or keep a plan for review with "plan --out FILE" and carry it out with "apply FILE".';

export const apply = defineCommand({
  name: 'apply',
  summary: 'make the organization as the stack says, or carry out a plan that was kept',
  details:
    'Shows the plan and asks. A kept plan was reviewed already: it is carried out as it is, or refused when the world changed since. What is made or taken over is written down as owned by the stack; only that is ever changed or deleted. Ends with 0 when everything was done, else 1.',
  arguments: [
    { syntax: '[stack-or-plan]', description: `${stackArgument.description}, or a file of "plan --out"` },
  ],
  options,
  examples: [
    'browserstack-iac apply',
    'browserstack-iac apply acme.plan.json',
    'browserstack-iac apply --auto-approve --pipe-to \'./store-key "$ROTATED_IDENTIFIER"\'',
  ],
  async run({ arguments: [path], options: given }, machine) {
    const saved = path === undefined ? undefined : await tryReadPlan(machine, path);
    return saved === undefined ? applyStack(machine, path, given) : applySaved(machine, saved, given);
  },
});

async function applyStack(machine: Machine, path: string | undefined, given: Given): Promise<ExitCode> {
  const { stack, name } = await stackFrom(machine, path, given);
  const connection = await connect(machine, given, stack.provider);
  const { reconciler, maxRotations } = connection;
  const file = inventoryPath(given.inventory, name);
  return whileLocked(machine, connection, file, async ({ inventory, ledger, confirm }) => {
    const request = requestOf(stack, inventory, given, maxRotations);
    const planned = await reconciler.plan(request);
    await confirm();
    if (!given.json) machine.stdout(`${planAsText(planned.plan, paletteOf(machine))}\n`);
    const delivery = new KeyDelivery(given, planned.plan, machine, connection);
    const asked = !given.autoApprove && planned.plan.actions.some(isChange);
    if (asked && given.json) throw unseen();
    await delivery.rehearse();
    if (asked) await askForConsent(machine, 'Do this?', INSTEAD);
    return carryOut(machine, planned.plan, given, delivery, (onResult) => {
      const how = { ledger, confirm, onResult };
      // While somebody was thinking, the world may have changed.
      return asked
        ? reconciler.apply(request, planned.plan, { ...how, lookAgain: true })
        : reconciler.applyNow(planned, how);
    });
  });
}

async function applySaved(machine: Machine, saved: SavedPlan, given: Given): Promise<ExitCode> {
  refuseChanges(given);
  const connection = await connect(machine, given, saved.request.stack.provider);
  const check = (binding: Partial<PlanBinding>) =>
    throwProblems(bindingProblems(saved, binding, machine.clock.now()));
  check(connection.binding);
  const file = given.inventory ?? saved.inventory;
  return whileLocked(machine, connection, file, async ({ inventory, ledger, confirm: isOurs }) => {
    if (!given.json) machine.stdout(`${planAsText(saved.plan, paletteOf(machine))}\n`);
    const delivery = new KeyDelivery(given, saved.plan, machine, connection);
    await delivery.rehearse();
    const confirm = async () => {
      await isOurs();
      check({ organization: await connection.organizationName() });
    };
    const request: PlanRequest = { ...saved.request, inventory };
    return carryOut(machine, saved.plan, given, delivery, (onResult) =>
      connection.reconciler.apply(request, saved.plan, { lookAgain: true, confirm, ledger, onResult }),
    );
  });
}

interface Confirming {
  /** @throws Problem `refused` when the inventory is of another organization than this one turned out to be. */
  confirm(): Promise<void>;
}

/** Nobody else applies the same stack meanwhile, and whatever happens is written down at the end. */
async function whileLocked(
  machine: Machine,
  { binding, knownOrganizationName }: Organization,
  file: string,
  act: (locked: LockedInventory & Confirming) => Promise<ExitCode>,
): Promise<ExitCode> {
  const locked = await lockInventory(machine, file, [binding.target, binding.username]);
  const place = () => ({ organization: knownOrganizationName(), target: binding.target });
  try {
    refuseElsewhere(locked.inventory, place(), file);
    // Its name is known once something was listed.
    const confirm = async () => refuseElsewhere(locked.inventory, place(), file);
    return await act({ ...locked, confirm });
  } finally {
    await locked.release(place());
  }
}

async function carryOut(
  machine: Machine,
  plan: Plan,
  { json }: Given,
  delivery: KeyDelivery,
  act: (onResult: (result: ActionResult) => void) => Promise<ApplyReport>,
): Promise<ExitCode> {
  const palette = paletteOf(machine);
  const applied = await act((result) => {
    if (!json) machine.stdout(resultAsText(result, palette));
    delivery.take(result);
  });
  const { handedTo, problems } = await delivery.finish();
  const report = {
    ...applied,
    problems: [...applied.problems, ...problems],
    ok: applied.ok && problems.length === 0,
  };
  machine.stdout(
    json ? jsonLine({ ...reportAsJson(plan, report), handed_to: handedTo }) : reportAsText(report, palette),
  );
  return report.ok ? 0 : 1;
}

function refuseChanges({ prune, pruneOnly, maxDeletes, maxReplaces, adopt, fromTerraform }: Given): void {
  const changed = [pruneOnly, maxDeletes, maxReplaces, fromTerraform].some((one) => one !== undefined);
  if (!prune && !adopt && !changed) return;
  throw new Problem({
    code: 'invalid_input',
    summary: 'A kept plan cannot be changed',
    detail: 'What it deletes and takes over was decided when it was made. Make a new plan.',
  });
}

/** Nobody is asked to say yes to what is not shown. */
function unseen(): Problem {
  return new Problem({
    code: 'refused',
    summary: 'With --json nobody sees the plan to say yes to',
    detail: INSTEAD,
    path: ['--json'],
  });
}

async function tryReadPlan(machine: Machine, path: string): Promise<SavedPlan | undefined> {
  const file = resolve(machine.cwd, path);
  const found = await stat(file).catch(() => undefined); // Whatever is wrong with it, the stack reader says.
  if (found === undefined || !found.isFile()) return undefined;
  const text = await readText(machine, path);
  return isPlanFile(text) ? readPlan(text, path) : undefined;
}
