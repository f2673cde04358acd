// A provider that a construct of ours needs besides our own, such as that of a secret store: the stack's default one. It
// stands in the stack, not in the construct: a configuration that went away together with what uses it would leave
// Terraform unable to delete that.

import { TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

export interface ImpliedProviderProps {
  /** Local name, which is also the prefix of its types: `vault`. */
  readonly name: string;
  /** Source address: `hashicorp/vault`. */
  readonly source: string;
  /**
   * What its block must hold, for providers that insist on one.
   * @default - no block: Terraform takes an empty one
   */
  readonly block?: object;
}

/** Makes sure that the stack around `scope` has a default provider of this name: the user's, else one that only the environment configures. */
export function implyProvider(scope: IConstruct, props: ImpliedProviderProps): void {
  const stack = TerraformStack.of(scope);
  const id = `browserstack-iac ${props.name}`;
  if (stack.node.tryFindChild(id) === undefined) new ImpliedProvider(stack, id, props);
}

class ImpliedProvider extends TerraformProvider {
  private readonly block?: object;

  constructor(stack: TerraformStack, id: string, { name, source, block }: ImpliedProviderProps) {
    super(stack, id, {
      terraformResourceType: name,
      terraformProviderSource: source,
      terraformGeneratorMetadata: { providerName: name },
    });
    this.block = block;
  }

  /** The user may make one at any time. */
  public override toTerraform(): object {
    if (this.isDeclaredByUser()) return {};
    const { terraformResourceType: name, terraformProviderSource: source, block } = this;
    return {
      terraform: { required_providers: { [name]: { source } } },
      ...(block && { provider: { [name]: [block] } }),
    };
  }

  public override toHclTerraform(): object {
    return this.toTerraform();
  }

  private isDeclaredByUser(): boolean {
    return this.cdktfStack.node
      .findAll()
      .filter(TerraformProvider.isTerraformProvider)
      .some(
        (other) =>
          other !== this && other.terraformResourceType === this.terraformResourceType && !other.alias,
      );
  }
}
