import { Problem } from '../../errors.ts';
import type { Schema } from '../../schema/schema.ts';
import { deprecations, validate, writeOnlyPaths } from '../../schema/validate.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { Engine } from '../engine.ts';
import type { Answer } from '../provider.ts';

interface Validated {
  readonly schema: Schema;
  validate?(config: ObjectValue): readonly Problem[];
}

/** Every rule of the attributes and of the noun itself, all problems at once. Values may be unknown. */
export function validateConfig<Session>(
  engine: Engine<Session>,
  find: () => Validated,
  config: ObjectValue,
  client: { readonly writeOnlyAllowed: boolean } = { writeOnlyAllowed: true },
): Promise<Answer> {
  return engine.answer({}, async (diagnostics) => {
    const noun = find();
    diagnostics.within(noun.schema);
    warnOfDeprecations(diagnostics, noun.schema, config);
    if (!client.writeOnlyAllowed)
      diagnostics.fail(...writeOnlyPaths(noun.schema, config).map(needsNewerEngine));
    diagnostics.fail(...validate(noun.schema, config));
    diagnostics.fail(...(noun.validate?.(config) ?? []));
    return {};
  });
}

function warnOfDeprecations(diagnostics: Diagnostics, schema: Schema, config: ObjectValue): void {
  if (schema.deprecated !== undefined)
    diagnostics.warn({ diagnostic: 'deprecated', summary: 'Deprecated', detail: schema.deprecated });
  for (const { name, instead, path } of deprecations(schema, config))
    diagnostics.warn({ diagnostic: 'deprecated', summary: `"${name}" is deprecated`, detail: instead, path });
}

function needsNewerEngine(path: Problem['path'] & object): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Write-only attribute not supported',
    detail:
      'Its value would be kept in state by this engine. Write-only attributes need Terraform 1.11 or later.',
    path,
  });
}
