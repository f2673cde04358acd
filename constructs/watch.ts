// What must hold for a whole stack, whoever put what into it: asked once, at synthesis.

import type { TerraformStack } from 'cdktf';
import { collisions } from './address';
import { rivalClaims } from './claim';
import { nounOf } from './enclosing';
import { misplacedEphemerals } from './ephemeral-use';
import { homeless } from './provider-use';

const watched = new WeakSet<TerraformStack>();

export function watchStack(stack: TerraformStack): void {
  if (watched.has(stack)) return;
  watched.add(stack);
  const rules = [collisions, homeless, rivals, misplacedEphemerals];
  stack.node.addValidation({ validate: () => rules.flatMap((rule) => rule(stack)) });
}

function rivals(stack: TerraformStack): string[] {
  const organizations = stack.node.findAll().filter((construct) => nounOf(construct) === 'Organization');
  return organizations.flatMap((organization) => rivalClaims([organization]));
}
