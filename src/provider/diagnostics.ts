import type { DiagnosticCode } from '../diagnostics/index.ts';
import { type AttributePath, Problem, problemsOf } from '../errors.ts';
import type { Warning } from '../lifecycle/operation.ts';
import { addressable, pathText } from '../schema/path.ts';
import type { BlockSchema } from '../schema/transform.ts';
import type { Diagnostic } from './provider.ts';

/** What one operation has to say to the user, in the order it was found. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];
  #level: BlockSchema | undefined;

  /** From now on paths are cut where Terraform cannot follow them. */
  within(level: BlockSchema): void {
    this.#level = level;
  }

  warn({ diagnostic, summary, detail, path }: Warning): void {
    this.#add('warning', diagnostic, summary, detail, path);
  }

  /** Anything that was thrown, or a problem found. */
  fail(...thrown: readonly unknown[]): void {
    for (const { diagnostic, summary, detail, path } of thrown.flatMap(problemsOf))
      this.#add('error', diagnostic, summary, detail, path);
  }

  get failed(): boolean {
    return this.all.some(({ severity }) => severity === 'error');
  }

  #add(
    severity: Diagnostic['severity'],
    code: DiagnosticCode,
    summary: string,
    detail: string,
    path: AttributePath = [],
  ): void {
    const shown = this.#level === undefined ? path : pointable(this.#level, path);
    const text = pathText(path);
    // Terraform shows the line it can point at; which part of it is meant has to be said.
    const said = shown.length === path.length || detail.includes(text) ? detail : `${text}: ${detail}`;
    // Last, on a line of its own: sentences may change, and whoever goes by codes finds it.
    const coded = said === '' ? `[${code}]` : `${said}\n\n[${code}]`;
    this.all.push({ severity, summary, detail: coded, ...(shown.length > 0 && { path: shown }) });
  }
}

/**
 * The part of a path that Terraform finds in the source: blocks by index, then one attribute, then one element of it.
 * Given more, it points at the resource as a whole. Elements of sets have no path at all.
 */
function pointable(level: BlockSchema, path: AttributePath): AttributePath {
  const [name, index] = path;
  if (typeof name !== 'string') return [];
  const block = level.blocks?.[name];
  if (block?.nesting === 'single') return [name, ...pointable(block, path.slice(1))];
  if (block?.nesting === 'list' && typeof index === 'number')
    return [name, index, ...pointable(block, path.slice(2))];
  if (block !== undefined) return [name];
  const type = level.attributes[name]?.type;
  if (type === undefined) return [];
  return addressable(type, path.slice(1, 2)).complete && typeof index !== 'string'
    ? path.slice(0, 2)
    : [name];
}

export function unknownNoun(kind: string, type: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `No ${kind} "${type}"`,
    detail: `This version of the provider has no ${kind} of that name.`,
  });
}
