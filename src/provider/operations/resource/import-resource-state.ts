import { Problem } from '../../../errors.ts';
import type { Operation } from '../../../lifecycle/operation.ts';
import { withDefaults } from '../../../schema/plan-values.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import { sound } from '../../answers.ts';
import type { Engine, ResourceNoun } from '../../engine.ts';
import { checkedIdentity } from '../../identity.ts';
import type { ImportAnswer, ImportRequest } from '../../provider.ts';

/** Enough state for the read that Terraform asks for next: what the noun knows, defaults, and null for the rest. */
export function importResourceState<Session>(
  engine: Engine<Session>,
  request: ImportRequest,
): Promise<ImportAnswer> {
  return engine.answer<Omit<ImportAnswer, 'diagnostics'>>({ imported: [] }, async (diagnostics) => {
    const { type } = request;
    const noun = engine.noun('resources', type);
    const operation = engine.operation(type, request, diagnostics, noun.schema);
    const stub = await find(noun, request, operation);
    const asked = { type, operation: 'import' };
    const state = sound(diagnostics, asked, noun.schema, stub ?? {}, { strictness: 'partial' });
    if (state === null || diagnostics.failed) return { imported: [] };
    const full = withDefaults(noun.schema, state);
    const identity = request.identity ?? knownIdentity(noun, full);
    return { imported: [{ type, state: full, ...(identity && { identity }) }] };
  });
}

async function find<Session>(
  noun: ResourceNoun<Session>,
  { id, identity }: ImportRequest,
  operation: Operation<Session>,
): Promise<unknown> {
  if (identity !== undefined && noun.importIdentity !== undefined)
    return noun.importIdentity(identity, operation);
  if (identity === undefined && noun.importState !== undefined) return noun.importState(id, operation);
  const [way, other] = identity === undefined ? ['id', 'identity'] : ['identity', 'id'];
  const possible = identity === undefined ? noun.importIdentity : noun.importState;
  throw new Problem({
    code: 'invalid_input',
    summary: `${noun.type} cannot be imported by ${way}`,
    detail: possible ? `Import it by ${other} instead.` : 'This resource has no import.',
  });
}

/** A stub may not know it yet; then the read will. */
function knownIdentity<Session>(noun: ResourceNoun<Session>, state: ObjectValue): ObjectValue | undefined {
  if (noun.identity === undefined || noun.identityOf === undefined) return undefined;
  try {
    return checkedIdentity({ type: noun.type, operation: 'import' }, noun.identity, noun.identityOf(state));
  } catch {
    return undefined;
  }
}
