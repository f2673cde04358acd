import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { BrowserstackConstruct } from '../browserstack-construct';
import { defaultFor } from '../defaults';
import { Delivery, type DeliveryProps } from '../delivery/delivery';
import { EphemeralAccessKey } from '../delivery/ephemeral-access-key';
import { type HandOverProps, handOver, type KeyResource } from '../delivery/hand-over';
import type { ISecretSink } from '../sinks/secret-sink';
import { policyProblems, report } from '../synthesis/guards';
import { literals } from '../synthesis/literal';
import { refuseFormerProps } from './former-props';
import { policyAttributes, type RotationPolicy } from './rotation-policy';

export interface RotatedKeyProps extends HandOverProps {
  /**
   * When the key is rotated for its age.
   * @default - as the nearest construct around it says; never when none does
   */
  readonly policy?: RotationPolicy;

  /**
   * Rotates the key when the value of an entry changes. Adding or removing entries never rotates.
   * @default - no triggers
   */
  readonly triggers?: { readonly [name: string]: string };

  /**
   * Who uses the key (a pipeline, a repository, a contact): shown where a rotation would reach them.
   * @default - those of the account
   */
  readonly consumers?: string[];
}

/** What every construct whose key rotates can do, and tells about it. */
export abstract class RotatedKey extends BrowserstackConstruct {
  /** When the key is rotated for its age, whether it was said here or around it; undefined: never. */
  public readonly policy?: RotationPolicy;

  /** Who uses the key; undefined when nobody said. */
  public readonly consumers?: string[];

  /** Whether the key stands in the state. */
  public readonly exportsAccessKey: boolean;

  /**
   * Whether BrowserStack hides the key from whoever looks it up; then the account's current key must be given.
   * @internal
   */
  public abstract readonly _isHidden: boolean;

  private readonly props: RotatedKeyProps;
  private resource!: KeyResource;
  private provider!: TerraformProvider;
  private ephemeral?: EphemeralAccessKey;

  constructor(scope: Construct, id: string, props: RotatedKeyProps) {
    refuseFormerProps(`${scope.node.path}/${id}`, props);
    super(scope, id);
    this.props = props;
    this.policy = props.policy ?? defaultFor(this, 'rotation');
    this.consumers = props.consumers;
    if (props.policy) report(this, policyProblems(props.policy));
    this.exportsAccessKey = props.exportAccessKey ?? false;
  }

  /** Who answers for it; undefined when nobody said, here or around it. */
  public get owner(): string | undefined {
    return defaultFor(this, 'owner');
  }

  /** Whether a command is run after each rotation. */
  public get hasHook(): boolean {
    return this.props.afterRotation !== undefined;
  }

  /** User name of the account whose key it is: one half of the credential. */
  public get username(): string {
    return this.resource.username;
  }

  /** Tells whether two keys are the same, and nothing else about them. */
  public get keyFingerprint(): string {
    return this.resource.keyFingerprint;
  }

  /** Counts the keys seen, from 1, for people: goes up by one with each rotation, and starts at 1 again when it is replaced. */
  public get generation(): number {
    return this.resource.generation;
  }

  /**
   * A number that is another one for another user name or key, whatever became of the resource in between. For the version
   * of a write-only argument of the resource that stores the key.
   */
  public get keyVersion(): number {
    return this.resource.keyVersion;
  }

  /** When the key was last rotated (RFC 3339); null while unknown, as for an adopted key. */
  public get rotatedAt(): string {
    return this.resource.rotatedAt;
  }

  /** When the key may next be rotated for its age (RFC 3339); null without an age. */
  public get rotationDueAt(): string {
    return this.resource.rotationDueAt;
  }

  /** How it stands: `current`, `young`, `due`, `waiting`, `changed_elsewhere` and others, see the resource. */
  public get rotationStatus(): string {
    return this.resource.rotationStatus;
  }

  /** Why the key was last rotated; null when it was not. */
  public get rotationReason(): string {
    return this.resource.rotationReason;
  }

  /**
   * The key itself, sensitive.
   * @throws unless `exportAccessKey` is true
   */
  public get accessKey(): string {
    if (this.exportsAccessKey) return this.resource.accessKey;
    throw new Error(
      `The key of "${this.node.path}" is not exported. Hand it over with deliverTo(), or read it with ephemeralKey(), which leave no trace; set exportAccessKey: true if it may stand in the state.`,
    );
  }

  /**
   * Hands user name and key to a target, at first and whenever the account or its key changes. They stand in no state and
   * no plan. Terraform ≥ 1.11, OpenTofu ≥ 1.11 for secret stores.
   */
  public deliverTo(sink: ISecretSink, props: DeliveryProps = {}): Delivery {
    const { username, keyVersion, keyFingerprint, generation } = this;
    const accessKey = this._readableAccessKey();
    const exportedAccessKey = this._exportedAccessKey;
    return Delivery._make(this, sink, props, {
      provider: this.provider,
      idleUsername: this._idleUsername,
      credential: { username, accessKey, keyVersion, keyFingerprint, generation, exportedAccessKey },
    });
  }

  /** Where it is delivered to. */
  public get deliveries(): Delivery[] {
    return this.node.children.filter(Delivery.isDelivery);
  }

  /** The current key for one run, in no state and no plan: for write-only arguments. */
  public ephemeralKey(): EphemeralAccessKey {
    this.ephemeral ??= new EphemeralAccessKey(this, 'EphemeralKey', {
      provider: this.provider,
      username: this.username,
      expectedFingerprint: this.keyFingerprint,
    });
    return this.ephemeral;
  }

  /** @internal */
  public get _exportedAccessKey(): string | undefined {
    return this.exportsAccessKey ? this.resource.accessKey : undefined;
  }

  /**
   * The key as it may be handed on: from an ephemeral block, where BrowserStack shows it.
   * @throws where it cannot be had
   * @internal
   */
  public _readableAccessKey(): string {
    if (!this._isHidden) return this.ephemeralKey().accessKey;
    if (this.exportsAccessKey) return this.resource.accessKey;
    throw new Error(
      `The key of "${this.node.path}" cannot be handed on: with currentAccessKey BrowserStack hides it from whoever looks it up. Set exportAccessKey: true.`,
    );
  }

  /**
   * Of a pair: the account whose turn it is not.
   * @internal
   */
  protected get _idleUsername(): string | undefined {
    return undefined;
  }

  /**
   * The attributes that every resource which rotates has.
   * @internal
   */
  protected _rotationAttributes() {
    const { triggers, exportAccessKey } = this.props;
    return { ...policyAttributes(this.policy), triggers: triggers && literals(triggers), exportAccessKey };
  }

  /**
   * The resource behind it, made by the subclass.
   * @internal
   */
  protected _rotates(resource: KeyResource, provider: TerraformProvider): void {
    this.resource = resource;
    this.provider = provider;
    handOver(this, this.resource, this.props);
  }
}
