// What must hold for a whole stack, whoever put what into it: asked once, at synthesis.

import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { rulesAbove } from '../rules/rule';
import { collisions } from './address';
import { rivalClaims } from './claim';
import { misplacedEphemerals } from './ephemeral-use';
import { homeless } from './provider-use';

const watched = new WeakSet<TerraformStack>();

/** The organizations of an app, by its root. */
const organizations = new WeakMap<IConstruct, IConstruct[]>();

/** Called by each organization, whose name may not be known. */
export function watchStack(organization: IConstruct): void {
  const all = organizations.get(organization.node.root) ?? [];
  organizations.set(organization.node.root, all);
  all.push(organization);
  const stack = TerraformStack.of(organization);
  if (watched.has(stack)) return;
  watched.add(stack);
  const questions = [collisions, homeless, rivals, misplacedEphemerals, rulesAbove];
  stack.node.addValidation({ validate: () => questions.flatMap((question) => question(stack)) });
}

/** What is declared twice in one organization, in this stack and others: organizations of one name are one. */
function rivals(stack: TerraformStack): string[] {
  const all = organizations.get(stack.node.root) ?? [];
  const here = all.filter((one) => TerraformStack.of(one) === stack);
  const groups = new Map(here.map((one) => [nameOf(one) ?? one, [one]]));
  for (const one of all) {
    const group = groups.get(nameOf(one) ?? one);
    if (group !== undefined && !group.includes(one)) group.push(one);
  }
  return [...groups.values()].flatMap(rivalClaims);
}

function nameOf(organization: IConstruct): string | undefined {
  return (organization as IConstruct & { readonly organizationName?: string }).organizationName;
}
