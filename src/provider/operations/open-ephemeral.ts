import { Problem } from '../../errors.ts';
import { withDefaults } from '../../schema/plan-values.ts';
import type { ObjectValue } from '../../schema/value.ts';
import { report, sound } from '../answers.ts';
import { plannedViolations } from '../consistency/planned.ts';
import { withWayToDestroy } from '../destroy-advice.ts';
import type { Engine } from '../engine.ts';
import type { Answer, Call, OpenAnswer, PrivateBytes } from '../provider.ts';

/** A value for this run. Terraform opens at plan and again at apply. */
export function openEphemeral<Session>(
  engine: Engine<Session>,
  type: string,
  config: ObjectValue,
  call: Call,
): Promise<OpenAnswer> {
  return engine.answer<Omit<OpenAnswer, 'diagnostics'>>({ result: null }, async (diagnostics) => {
    const noun = engine.noun('ephemeralResources', type);
    const operation = engine.operation(type, call, diagnostics, noun.schema);
    const opened = await noun.open(withDefaults(noun.schema, config), operation).catch((thrown: unknown) => {
      throw withWayToDestroy(thrown);
    });
    const asked = { type, operation: 'open' };
    const result = sound(diagnostics, asked, noun.schema, opened.result);
    report(
      diagnostics,
      asked,
      noun.schema,
      plannedViolations(noun.schema, { config, prior: null, planned: result }),
    );
    return { result, ...lease(opened) };
  });
}

export function renewEphemeral<Session>(
  engine: Engine<Session>,
  type: string,
  secret: PrivateBytes | undefined,
  call: Call,
): Promise<Omit<OpenAnswer, 'result'>> {
  return engine.answer<Omit<OpenAnswer, 'result' | 'diagnostics'>>({}, async (diagnostics) => {
    const noun = engine.noun('ephemeralResources', type);
    const operation = engine.operation(type, call, diagnostics);
    if (noun.renew !== undefined) return lease(await noun.renew(secret, operation));
    throw new Problem({
      code: 'internal',
      summary: `${type} cannot be renewed`,
      detail:
        'It asked to be renewed and does not know how. This is a bug in the provider; please report it.',
    });
  });
}

/** Closing what needs no closing is a success. */
export function closeEphemeral<Session>(
  engine: Engine<Session>,
  type: string,
  secret: PrivateBytes | undefined,
  call: Call,
): Promise<Answer> {
  return engine.answer({}, async (diagnostics) => {
    const noun = engine.noun('ephemeralResources', type);
    // Not stopped with everything else: after Ctrl-C Terraform still asks to give back what was opened.
    await noun.close?.(secret, { ...engine.operation(type, call, diagnostics), signal: call.signal });
    return {};
  });
}

function lease({ renewAt, private: secret }: { readonly renewAt?: Date; readonly private?: Uint8Array }) {
  return { ...(renewAt && { renewAt }), ...(secret && { private: secret }) };
}
