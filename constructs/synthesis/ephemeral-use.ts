// Ephemeral values may stand only where Terraform keeps nothing. Terraform says so at plan, with an address; here it is
// said at synthesis, with the path. And a text that only looks like one would be delivered as it stands.

import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [name: string]: Json };

/** An expression that has an ephemeral value in it, and the same as text, escaped by a function of cdktf. */
const VALUE = /(?<!\$)\$\{[\s\S]*?\bephemeral\.\w+\.\w/u;
const TEXT = /\$\$\{\s*ephemeral\.\w+/u;

/** How cdktn marks its ephemeral blocks, and `EphemeralResource` itself everywhere. */
const EPHEMERAL = Symbol.for('cdktf/TerraformEphemeralResource');

/** Blocks and arguments that leave no trace. A write-only argument is one whose name says so. */
const TRACELESS = /^(provisioner|connection)$|_wo$/u;

/** Where elements of a stack would put an ephemeral value into the state, or deliver the words that stand for one. */
export function misplacedEphemerals(stack: TerraformStack): string[] {
  const elements = stack.node.findAll().filter((one): one is TerraformElement => isElementOf(one, stack));
  if (!elements.some((element) => EPHEMERAL in element) && !('ephemeral' in overrides(stack))) return [];
  return elements.flatMap((element) => problems(element.node.path, resolved(element, stack)));
}

function isElementOf(construct: IConstruct, stack: TerraformStack): boolean {
  return TerraformElement.isTerraformElement(construct) && TerraformStack.of(construct) === stack;
}

function resolved(element: TerraformElement, scope: TerraformStack): { readonly [section: string]: Json } {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(element.toTerraform(), { scope, resolver, preparing: false });
}

/** What users wrote into the stack by hand; protected, and there is no other way to see it. */
function overrides(stack: TerraformStack): object {
  return (stack as unknown as { readonly rawOverrides?: object }).rawOverrides ?? {};
}

function problems(path: string, body: { readonly [section: string]: Json }): string[] {
  return Object.entries(body).flatMap(([section, content]) => {
    const kept = section === 'resource' || section === 'data' || section === 'output';
    return [...strings(content)].flatMap(({ text, at }) => {
      // Below the type and the name of a resource, and the name of anything else.
      const argument = at.slice(section === 'resource' || section === 'data' ? 2 : 1).join('.');
      if (TEXT.test(text)) return [asText(path, argument)];
      if (kept && VALUE.test(text) && !at.some((name) => TRACELESS.test(name)))
        return [keptValue(path, argument)];
      return [];
    });
  });
}

function* strings(json: Json, at: readonly string[] = []): Iterable<{ text: string; at: readonly string[] }> {
  if (typeof json === 'string') yield { text: json, at };
  else if (typeof json === 'object' && json !== null)
    for (const [name, inner] of Object.entries(json)) yield* strings(inner, [...at, name]);
}

function keptValue(path: string, argument: string): string {
  if (path.includes('cross-stack-output-'))
    return `${path}: an ephemeral value is used in another stack. It lives in one run only: deliver the key in the stack that rotates it.`;
  return `${path}: "${argument}" would keep an ephemeral value in the state, which Terraform refuses. Give it to a write-only argument (one whose name ends in _wo), to the environment of a provisioner or to a provider.`;
}

function asText(path: string, argument: string): string {
  return `${path}: "${argument}" holds "\${ephemeral.…}" as text: whoever reads it would get these very characters. Use the token instead: key.ephemeralKey().accessKey.`;
}
