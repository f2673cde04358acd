import { problemsOf } from '../errors.ts';
import { conformObject } from '../schema/conform.ts';
import { pathText } from '../schema/path.ts';
import { isObjectValue, type ObjectValue } from '../schema/value.ts';
import { unknownViolations } from './consistency/known.ts';
import type { Asked } from './consistency/violation.ts';
import { violationProblem } from './consistency/violation.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { ResourceNoun } from './engine.ts';

/** The identity to send along with a state; nothing for a noun without one. A wrong one costs an error, not the state. */
export function identityOf<Session>(
  diagnostics: Diagnostics,
  asked: Asked,
  noun: ResourceNoun<Session>,
  state: ObjectValue | null,
): { readonly identity?: ObjectValue } {
  if (noun.identity === undefined || noun.identityOf === undefined || state === null) return {};
  try {
    return { identity: checkedIdentity(asked, noun.identity, noun.identityOf(state)) };
  } catch (thrown) {
    diagnostics.fail(...problemsOf(thrown));
    return {};
  }
}

/** @throws Problem `internal` when it is not of its schema, or not all known. */
export function checkedIdentity(
  asked: Asked,
  schema: NonNullable<ResourceNoun<unknown>['identity']>,
  identity: unknown,
): ObjectValue {
  const { value, misfits } = conformObject(schema, identity, 'answer');
  const [misfit] = misfits;
  const missing = Object.entries(schema.attributes).find(
    ([name, { options }]) => options.required && isObjectValue(value) && value[name] === null,
  );
  const [broken] = [
    ...(misfit === undefined
      ? []
      : [
          {
            path: [],
            rule: `have an identity whose ${pathText(misfit.path)} is ${misfit.expected}, not ${misfit.found}`,
          },
        ]),
    ...(missing === undefined
      ? []
      : [{ path: [], rule: `have an identity whose ${missing[0]} is not null` }]),
    ...unknownViolations(value).map(({ path }) => ({
      path: [],
      rule: `have an identity whose ${pathText(path)} is known`,
    })),
  ];
  if (broken !== undefined || !isObjectValue(value))
    throw violationProblem(asked, schema, broken ?? { path: [], rule: 'have an identity' });
  return value;
}
