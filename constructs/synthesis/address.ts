// Two elements with one Terraform address: the later would silently replace the earlier. Here that is an error.

import {
  TerraformDataSource,
  type TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
} from 'cdktf';
import type { IConstruct, Node } from 'constructs';

/** cdktf takes names from construct ids and drops what Terraform does not allow, but leaves a leading digit. */
export function named<T extends TerraformElement>(element: T): T {
  // Asked of the stack: the element would remember its name and ignore an override from then on.
  const name = TerraformStack.of(element).getLogicalId(element);
  if (!STARTS.test(name)) element.overrideLogicalId(`_${name}`);
  return element;
}

/** The name that `named` gives to an element, by its place in the tree. */
export function nameIn(stack: TerraformStack, node: Node): string {
  const name = stack.getLogicalId(node);
  return STARTS.test(name) ? name : `_${name}`;
}

/** How a name may begin in Terraform. */
const STARTS = /^[A-Za-z_]/u;

/** What any two resources, data sources or outputs of the stack that have one address are in for. */
export function collisions(stack: TerraformStack): string[] {
  const paths = new Map<string, string[]>();
  for (const element of stack.node.findAll()) {
    const address = TerraformStack.of(element) === stack ? addressOf(element) : undefined;
    if (address === undefined) continue;
    paths.set(address, [...(paths.get(address) ?? []), element.node.path]);
  }
  return [...paths]
    .filter(([, { length }]) => length > 1)
    .map(
      ([address, found]) =>
        `${found.join(' and ')} would both be ${address} in Terraform, and only the last would exist. Give them ids that differ in more than spaces, special characters or "Default".`,
    );
}

function addressOf(element: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(element))
    return `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  if (TerraformDataSource.isTerraformDataSource(element))
    return `data.${element.terraformResourceType}.${element.friendlyUniqueId}`;
  return TerraformOutput.isTerraformOutput(element) ? `output.${element.friendlyUniqueId}` : undefined;
}
