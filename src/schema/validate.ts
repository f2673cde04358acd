import { Problem, problemsOf } from '../errors.ts';
import { addressable } from './path.ts';
import { type Level, type Place, visit } from './rebuild.ts';
import { impliedType } from './schema.ts';
import { isWhollyKnown, type ObjectValue } from './value.ts';

export interface Deprecation {
  readonly name: string;
  readonly instead: string;
  readonly path: Place['path'];
}

/** What the attributes' own rules say about a configuration: everything at once. Unknown values are judged later. */
export function validate(level: Level, config: ObjectValue): readonly Problem[] {
  const problems: Problem[] = [];
  visit(level, config, [], (place) => {
    if (place.value !== null && isWhollyKnown(place.value)) problems.push(...problemsAt(place, level));
  });
  return problems;
}

function problemsAt({ attribute, value, path }: Place, level: Level): readonly Problem[] {
  return (attribute.options.validate ?? []).flatMap(
    (rule: (value: unknown, path: Place['path']) => unknown) => {
      try {
        const problem = rule(value, path);
        return problem instanceof Problem ? [inConfig(problem, path, level)] : [];
      } catch (thrown) {
        return problemsOf(thrown).map((problem) => (problem.path === undefined ? problem.at(path) : problem));
      }
    },
  );
}

/** A rule may forget the path; and inside a set there is none. */
function inConfig(problem: Problem, path: Place['path'], level: Level): Problem {
  const { code, summary, detail, cause } = problem;
  const found = addressable(impliedType(level), problem.path ?? path).path;
  return new Problem({ code, summary, detail, cause, path: found });
}

/** Deprecated attributes that the configuration sets. */
export function deprecations(level: Level, config: ObjectValue): readonly Deprecation[] {
  const found: Deprecation[] = [];
  visit(level, config, [], ({ name, attribute, value, path }) => {
    const instead = attribute.options.deprecated;
    if (value !== null && instead !== undefined) found.push({ name, instead, path });
  });
  return found;
}

/** Write-only attributes that the configuration sets. */
export function writeOnlyPaths(level: Level, config: ObjectValue): readonly Place['path'][] {
  const found: Place['path'][] = [];
  visit(level, config, [], ({ attribute, value, path }) => {
    if (value !== null && isWriteOnly(attribute)) found.push(path);
  });
  return found;
}

export function isWriteOnly(attribute: Place['attribute']): boolean {
  return attribute.options.writeOnly === true;
}
