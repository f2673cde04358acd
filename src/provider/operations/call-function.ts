import { Problem, problemsOf } from '../../errors.ts';
import type { ProviderFunction } from '../../lifecycle/provider-definition.ts';
import { conformValue } from '../../schema/conform.ts';
import { pathText } from '../../schema/path.ts';
import { isWhollyKnown, type Value } from '../../schema/value.ts';
import { unknownNoun } from '../diagnostics.ts';
import type { Engine } from '../engine.ts';
import type { FunctionAnswer } from '../provider.ts';

/** Same arguments, same answer. An error names the argument it is about. */
export async function callFunction<Session>(
  engine: Engine<Session>,
  name: string,
  args: readonly Value[],
): Promise<FunctionAnswer> {
  try {
    const found = engine.definition.functions?.find((one) => one.name === name);
    if (found === undefined) throw unknownNoun('function', name);
    return { result: checked(found, args, found.call(args)) };
  } catch (thrown) {
    engine.logBug(thrown);
    const problems = problemsOf(thrown);
    const argument = problems[0]?.path?.[0];
    return {
      error: {
        text: problems.map(({ summary, detail }) => `${summary}. ${detail}`.trim()).join('\n'),
        ...(typeof argument === 'number' && { argument }),
      },
    };
  }
}

function checked({ name, returns }: ProviderFunction, args: readonly Value[], answer: Value): Value {
  const { value, misfits } = conformValue(returns, answer, 'answer');
  const [misfit] = misfits;
  if (misfit !== undefined)
    throw bug(name, `${pathText(misfit.path)} must be ${misfit.expected}, is ${misfit.found}`);
  if (args.every(isWhollyKnown) && !isWhollyKnown(value))
    throw bug(name, 'the answer is not known although every argument is');
  return value;
}

function bug(name: string, detail: string): Problem {
  return new Problem({
    code: 'internal',
    summary: `The answer of function ${name} is wrong`,
    detail: `${detail}. This is a bug in the provider; please report it.`,
  });
}
