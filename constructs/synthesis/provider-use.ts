// An organization's provider has an alias, so nothing uses it by default: what names no provider would get one that is
// configured by nothing but the environment, and could change another organization.

import { TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { BrowserstackProvider } from '../generated/provider';

/** Resources and data sources of ours in the stack that use a default provider which is not there. */
export function homeless(stack: TerraformStack): string[] {
  const own = stack.node.findAll().filter((construct) => TerraformStack.of(construct) === stack);
  if (own.some(isDefaultProvider)) return [];
  return own
    .filter(usesDefaultProvider)
    .map(
      ({ node }) =>
        `${node.path} names no provider, and this stack has no default one: pass provider: organization.provider of the Organization that it belongs to.`,
    );
}

function isDefaultProvider(construct: IConstruct): boolean {
  return (
    TerraformProvider.isTerraformProvider(construct) &&
    construct.terraformResourceType === BrowserstackProvider.tfResourceType &&
    construct.alias === undefined
  );
}

function usesDefaultProvider(construct: IConstruct): boolean {
  if (
    !TerraformResource.isTerraformResource(construct) &&
    !TerraformDataSource.isTerraformDataSource(construct)
  )
    return false;
  const { provider, terraformResourceType } = construct;
  return (
    provider === undefined && terraformResourceType.startsWith(`${BrowserstackProvider.tfResourceType}_`)
  );
}
