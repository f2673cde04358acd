// What a stack says about its objects beside their arguments.

import type { Json, JsonObject } from '../canonical.ts';
import { objectsIn } from './providers.ts';
import type { StackFile } from './stack.ts';

/** The part of a `lifecycle` block that counts here. */
export interface LifecycleRules {
  /** Attributes whose differences do not count, or all of them. */
  readonly ignoreChanges: readonly string[] | 'all';
  readonly preventDestroy: boolean;
}

export function lifecycleOf(body: JsonObject): LifecycleRules {
  const [lifecycle] = objectsIn(body.lifecycle);
  const ignored = lifecycle?.ignore_changes;
  const list: readonly Json[] = Array.isArray(ignored) ? ignored : [ignored ?? null];
  const names = list.filter((name) => typeof name === 'string').map(bare);
  return {
    ignoreChanges: names.includes('all') ? 'all' : names,
    preventDestroy: lifecycle?.prevent_destroy === true,
  };
}

export function movesIn(
  files: readonly StackFile[],
): readonly { readonly from: string; readonly to: string }[] {
  return blocksOf(files, 'moved').flatMap(({ from, to }) =>
    typeof from === 'string' && typeof to === 'string' ? [{ from: bare(from), to: bare(to) }] : [],
  );
}

/**
 * Addresses whose objects are to live on. Without `lifecycle` Terraform destroys and OpenTofu forgets: the safer reading
 * is taken, and whoever wants the object deleted says `destroy = true` (and prunes).
 */
export function removalsIn(files: readonly StackFile[]): readonly string[] {
  return blocksOf(files, 'removed').flatMap(({ from, lifecycle }) => {
    const [rules] = objectsIn(lifecycle);
    return typeof from === 'string' && rules?.destroy !== true ? [bare(from)] : [];
  });
}

export function importsIn(files: readonly StackFile[]): ReadonlySet<string> {
  return new Set(blocksOf(files, 'import').flatMap(({ to }) => (typeof to === 'string' ? [bare(to)] : [])));
}

function blocksOf(files: readonly StackFile[], name: string): readonly JsonObject[] {
  return files.flatMap(({ json }) => objectsIn(json[name]));
}

/** `browserstack_team.a` for `${browserstack_team.a}`. */
function bare(text: string): string {
  return text.replace(/^\$\{(.*)\}$/u, '$1').trim();
}
