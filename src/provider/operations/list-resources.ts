import type { ListedObject } from '../../lifecycle/provider-definition.ts';
import type { ObjectValue } from '../../schema/value.ts';
import { sound } from '../answers.ts';
import { Diagnostics } from '../diagnostics.ts';
import type { Engine, ResourceNoun } from '../engine.ts';
import { checkedIdentity } from '../identity.ts';
import type { Call, ListEvent } from '../provider.ts';

/** What there is, one by one, up to the limit (0 = all). A failure ends the list as an event with an error. */
export async function* listResources<Session>(
  engine: Engine<Session>,
  type: string,
  config: ObjectValue,
  options: Call & { readonly includeObject: boolean; readonly limit: number },
): AsyncGenerator<ListEvent> {
  const diagnostics = new Diagnostics();
  try {
    const lister = engine.noun('listResources', type);
    const resource = engine.noun('resources', type);
    const operation = engine.operation(type, options, diagnostics, lister.schema);
    let count = 0;
    for await (const listed of lister.list(config, operation)) {
      operation.signal.throwIfAborted();
      yield eventOf(resource, listed, options.includeObject, diagnostics.all.splice(0));
      count += 1;
      if (options.limit > 0 && count >= options.limit) return;
    }
    if (diagnostics.all.length > 0) yield lastEvent(diagnostics);
  } catch (thrown) {
    engine.logBug(thrown);
    diagnostics.fail(thrown);
    yield lastEvent(diagnostics);
  }
}

function eventOf<Session>(
  resource: ResourceNoun<Session>,
  { displayName, identity, state }: ListedObject,
  includeObject: boolean,
  warnings: ListEvent['diagnostics'],
): ListEvent {
  const asked = { type: resource.type, operation: 'list' };
  const diagnostics = new Diagnostics();
  const known = checkedIdentity(asked, resource.identity ?? { version: 0, attributes: {} }, identity);
  const object =
    includeObject && state !== undefined ? sound(diagnostics, asked, resource.schema, state) : null;
  return {
    displayName,
    identity: known,
    ...(object !== null && { object }),
    diagnostics: [...warnings, ...diagnostics.all],
  };
}

/** Belongs to no object. */
function lastEvent({ all: diagnostics }: Diagnostics): ListEvent {
  return { displayName: '', diagnostics };
}
