// Ephemeral blocks: values for one run, in no state and no plan. cdktf 0.21 knows none; cdktn has a class of its own, as
// which ours are recognized there.

import { ref, TerraformElement, type TerraformProvider, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from '../synthesis/address';
import { hclAttributes } from '../synthesis/hcl';

export interface EphemeralResourceProps {
  /** Type of the block, e.g. `vault_kv_secret_v2`. */
  readonly type: string;

  /** Its arguments, by the names that Terraform knows. */
  readonly attributes: { readonly [name: string]: unknown };

  /**
   * Whose it is.
   * @default - the default one of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * An `ephemeral` block. What it gives may stand where Terraform keeps nothing: in write-only arguments, in the
 * environment of provisioners, in provider configurations, in other ephemeral blocks. Terraform ≥ 1.10, OpenTofu ≥ 1.11.
 */
export class EphemeralResource extends TerraformElement {
  private readonly props: EphemeralResourceProps;

  constructor(scope: Construct, id: string, props: EphemeralResourceProps) {
    super(scope, id, `ephemeral.${props.type}`);
    this.props = props;
    markForCdktn(this);
    named(this);
  }

  /**
   * An attribute as a token.
   * @param attribute Its name, or a way into it: `data["access_key"]`.
   */
  public stringAttribute(attribute: string): string {
    return Token.asString(
      ref(`ephemeral.${this.props.type}.${this.friendlyUniqueId}.${attribute}`, this.cdktfStack),
    );
  }

  /** The block in JSON syntax. */
  public override toTerraform(): object {
    const { type, attributes, provider } = this.props;
    const meta = { provider: provider?.fqn, '//': this.constructNodeMetadata };
    return {
      ephemeral: { [type]: { [this.friendlyUniqueId]: { ...attributes, ...this.rawOverrides, ...meta } } },
    };
  }

  /** @throws in cdktf 0.21, which would leave the block out without a word */
  public override toHclTerraform(): object {
    if (isCdktn(this)) {
      const { type, attributes, provider } = this.props;
      const meta = { ...hclAttributes({ provider: provider?.fqn }), '//': this.constructNodeMetadata };
      return {
        ephemeral: { [type]: { [this.friendlyUniqueId]: { ...hclAttributes(attributes), ...meta } } },
      };
    }
    throw new Error(
      `"${this.node.path}" is an ephemeral block, which cdktf 0.21 cannot write as HCL. Synthesize JSON (without --hcl), or use cdktn.`,
    );
  }
}

/** Methods of cdktn's elements, there since it knows ephemeral blocks. */
interface CdktnElement {
  registerProviderFeatureUsage(feature: string): void;
}

function isCdktn(element: object): element is CdktnElement {
  return 'registerProviderFeatureUsage' in element;
}

function markForCdktn(element: object): void {
  Object.defineProperty(element, Symbol.for('cdktf/TerraformEphemeralResource'), { value: true });
  if (isCdktn(element)) element.registerProviderFeatureUsage('ephemeralResources');
}
