// A resource of a provider whose bindings nobody has to install: what we write of it is little. The names are those of the
// bindings that are published for it.

import { type TerraformMetaArguments, type TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from '../synthesis/address';
import { hclAttributes } from '../synthesis/hcl';
import { type ImpliedProviderProps, implyProvider } from '../synthesis/implied-provider';

export interface WrittenResourceProps extends Pick<TerraformMetaArguments, 'lifecycle'> {
  readonly type: string;
  /** Its arguments, by the names that Terraform knows. */
  readonly attributes: { readonly [name: string]: unknown };
  /** Nested blocks, each once. */
  readonly blocks?: { readonly [name: string]: { readonly [name: string]: unknown } };
  readonly provider: TerraformProvider | ImpliedProviderProps;
}

export class WrittenResource extends TerraformResource {
  private readonly props: WrittenResourceProps;

  constructor(scope: Construct, id: string, props: WrittenResourceProps) {
    const { type, lifecycle, provider } = props;
    const own = 'node' in provider ? provider : undefined;
    super(scope, id, { terraformResourceType: type, lifecycle, provider: own });
    if (!('node' in provider)) implyProvider(this, provider);
    this.props = props;
    named(this);
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.props.attributes, ...this.props.blocks };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const blocks = Object.entries(this.props.blocks ?? {}).map(([name, block]) => [
      name,
      { value: [hclAttributes(block)], isBlock: true, type: 'list', storageClassType: 'objectList' },
    ]);
    return { ...hclAttributes(this.props.attributes), ...Object.fromEntries(blocks) };
  }
}
