import { Problem, problemsOf } from '../errors.ts';
import { addressable } from './path.ts';
import { impliedType } from './schema.ts';
import { type AttributeNode, type BlockSchema, visit } from './transform.ts';
import { isWhollyKnown, type ObjectValue } from './value.ts';

export interface Deprecation {
  readonly name: string;
  readonly instead: string;
  readonly path: AttributeNode['path'];
}

/** What the attributes' own rules say about a configuration: everything at once. Unknown values are judged later. */
export function validate(block: BlockSchema, config: ObjectValue): readonly Problem[] {
  const problems: Problem[] = [];
  visit(block, config, [], (node) => {
    if (node.value !== null && isWhollyKnown(node.value)) problems.push(...problemsAt(node, block));
  });
  return problems;
}

function problemsAt({ attribute, value, path }: AttributeNode, block: BlockSchema): readonly Problem[] {
  return (attribute.options.validate ?? []).flatMap(
    (rule: (value: unknown, path: AttributeNode['path']) => unknown) => {
      try {
        const problem = rule(value, path);
        return problem instanceof Problem ? [inConfig(problem, path, block)] : [];
      } catch (thrown) {
        return problemsOf(thrown).map((problem) => (problem.path === undefined ? problem.at(path) : problem));
      }
    },
  );
}

/** A rule may forget the path; and inside a set there is none. */
function inConfig(problem: Problem, path: AttributeNode['path'], block: BlockSchema): Problem {
  const found = addressable(impliedType(block), problem.path ?? path).path;
  return problem.with({ path: found });
}

/** Deprecated attributes that the configuration sets. */
export function deprecations(block: BlockSchema, config: ObjectValue): readonly Deprecation[] {
  const found: Deprecation[] = [];
  visit(block, config, [], ({ name, attribute, value, path }) => {
    const instead = attribute.options.deprecated;
    if (value !== null && instead !== undefined) found.push({ name, instead, path });
  });
  return found;
}

/** Write-only attributes that the configuration sets. */
export function writeOnlyPaths(block: BlockSchema, config: ObjectValue): readonly AttributeNode['path'][] {
  const found: AttributeNode['path'][] = [];
  visit(block, config, [], ({ attribute, value, path }) => {
    if (value !== null && isWriteOnly(attribute)) found.push(path);
  });
  return found;
}

export function isWriteOnly(attribute: AttributeNode['attribute']): boolean {
  return attribute.options.writeOnly === true;
}
