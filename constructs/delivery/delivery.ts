import { Annotations, type TerraformProvider, Token } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { BrowserstackConstruct } from '../browserstack-construct';
import { KeyDelivery } from '../generated/key-delivery';
import type { DeliveredCredential, ISecretSink, SinkBinding } from '../sinks/secret-sink';
import { named } from '../synthesis/address';
import { claim } from '../synthesis/claim';
import { markAs, nounOf } from '../synthesis/enclosing';
import { literal } from '../synthesis/literal';
import { TOOLKIT } from '../toolkit';

export interface DeliveryProps {
  /**
   * Id of the construct.
   * @default - what people call the target
   */
  readonly id?: string;

  /**
   * Whether the target is read back, where it can be, so that a write which was refused, or a change by hand, is seen in
   * every plan and stops every deployment until it is mended.
   * @default true
   */
  readonly verify?: boolean;

  /**
   * Allows a target that would hold the key in the state of Terraform.
   * @default false
   */
  readonly allowSecretInState?: boolean;
}

/** Whose key is delivered. */
export interface DeliveredKey {
  readonly credential: DeliveredCredential;
  readonly provider: TerraformProvider;
  /** Of a pair: the account whose turn it is not. */
  readonly idleUsername?: string;
}

/** A credential that is handed to a target whenever the account or its key changes. Made by `deliverTo`. */
export class Delivery extends BrowserstackConstruct {
  /** Whether a construct is a delivery. */
  public static isDelivery(construct: IConstruct): construct is Delivery {
    return nounOf(construct) === 'Delivery';
  }

  /** What people call the target. */
  public readonly target: string;

  /** Whether the target is read back. */
  public readonly isVerified: boolean;

  /** Whether the target holds the key in the state of Terraform. */
  public readonly keepsKeyInState: boolean;

  private readonly proof?: KeyDelivery;

  /** @internal */
  public static _make(
    scope: Construct,
    sink: ISecretSink,
    props: DeliveryProps,
    key: DeliveredKey,
  ): Delivery {
    return new Delivery(scope, sink, props, key);
  }

  private constructor(scope: Construct, sink: ISecretSink, props: DeliveryProps, key: DeliveredKey) {
    super(scope, props.id ?? idFrom(scope, sink));
    markAs(this, 'Delivery');
    this.target = sink.target;
    claim(this, 'deliver to', sink.target);
    const binding = sink.bind(this, key.credential);
    this.node.defaultChild = binding.writer;
    if (binding.keepsKeyInState && !props.allowSecretInState) {
      scope.node.tryRemoveChild(this.node.id);
      throw this.wouldStandInState();
    }
    this.keepsKeyInState = binding.keepsKeyInState ?? false;
    const verify = props.verify ?? true;
    this.proof =
      verify && binding.stored !== undefined ? this.prove(binding, binding.stored, key) : undefined;
    this.isVerified = this.proof !== undefined;
    if (verify && binding.unverifiedBecause)
      Annotations.of(this).addInfo(
        `The delivery to "${sink.target}" is not verified. ${binding.unverifiedBecause}`,
      );
  }

  /**
   * When a deployment last saw the key in the target (RFC 3339).
   * @throws when the target is not read back
   */
  public get confirmedAt(): string {
    if (this.proof !== undefined) return this.proof.confirmedAt;
    throw new Error(`Nothing confirms the delivery to "${this.target}": it is not read back.`);
  }

  private prove(binding: SinkBinding, stored: string, key: DeliveredKey): KeyDelivery {
    const { writer, usernameField, accessKeyField } = binding;
    const address = `${writer.terraformResourceType}.${writer.friendlyUniqueId}`;
    return named(
      new KeyDelivery(this, 'Proof', {
        provider: key.provider,
        username: key.credential.username,
        keyFingerprint: key.credential.keyFingerprint,
        idleUsername: key.idleUsername,
        storedWo: stored,
        usernameField: usernameField === 'username' ? undefined : usernameField,
        accessKeyField: accessKeyField === 'access_key' ? undefined : accessKeyField,
        store: literal(this.target),
        mend: `terraform apply -replace=${address} (tofu …) in the directory of the stack, or TF_CLI_ARGS_apply=-replace=${address} ${TOOLKIT} deploy`,
      }),
    );
  }

  private wouldStandInState(): Error {
    return new Error(
      `"${this.node.path}": ${this.target} would hold the key in the state of Terraform, in clear. Deliver it by a command or a write-only argument; or say allowSecretInState: true if whoever reads the state may read the key.`,
    );
  }
}

function idFrom({ node: { path } }: Construct, { target }: ISecretSink): string {
  if (!Token.isUnresolved(literal(target))) return target;
  throw new Error(
    `What "${path}" is delivered to is only known to Terraform: give the delivery an id of its own, { id: "…" }.`,
  );
}
