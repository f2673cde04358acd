import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { JsonObject } from '../canonical.ts';
import { objectsIn } from './providers.ts';
import type { StackFile } from './stack.ts';

/** One resource block as written. */
export interface Block {
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
  readonly file: string;
}

/** The blocks of a provider's types. What else is in the file is not looked at, unless it hides such blocks. */
export function resourceBlocks(
  { path, json }: StackFile,
  prefix: string,
  problems: Problem[],
): readonly Block[] {
  if (json.module !== undefined) problems.push(hiddenInModules(path));
  return objectsIn(json.resource).flatMap((types) =>
    Object.entries(types)
      .filter(([type]) => type.startsWith(prefix))
      .flatMap(([type, named]) =>
        objectsIn(named).flatMap((names) =>
          Object.entries(names).flatMap(([name, bodies]) =>
            objectsIn(bodies).map((body) => ({ address: `${type}.${name}`, type, body, file: path })),
          ),
        ),
      ),
  );
}

function hiddenInModules(path: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Modules are not read',
    detail: `${path} calls modules, whose resources only an engine can see: they would look undeclared. Plan with what it made of them: ${engineCommand('show -json PLANFILE > plan.json')}, then --from-terraform plan.json.`,
    path: ['module'],
  });
}
