import { Problem } from '../../errors.ts';
import { type Json, toJson } from '../canonical.ts';
import { Unsupported } from './expression.ts';
import { parseAssignments } from './parse.ts';
import { evaluateExpression } from './scope.ts';

/** Variables as `terraform.tfvars` has them: `name = value`, one after the other. */
export function tfvars(text: string, file: string): Readonly<Record<string, Json>> {
  try {
    return Object.fromEntries(
      parseAssignments(text).map(([name, expression]) => [
        name,
        toJson(evaluateExpression(expression, () => undefined)),
      ]),
    );
  } catch (thrown) {
    if (!(thrown instanceof Unsupported)) throw thrown;
    throw new Problem({
      code: 'invalid_input',
      summary: `${file} cannot be read`,
      detail: `Near "${thrown.expression.slice(0, 60)}": a file of variables holds NAME = VALUE, with literals only. JSON (*.tfvars.json) is read too.`,
      cause: thrown,
    });
  }
}
