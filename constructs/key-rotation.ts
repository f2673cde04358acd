import type { Construct } from 'constructs';
import { named } from './address';
import { enclosing, markAs } from './enclosing';
import { AccessKey } from './generated/access-key';
import { type HandOverProps, handOver } from './hand-over';
import { keyToken } from './key-token';
import { literal } from './literal';
import { RotatedKey } from './rotated-key';
import { policyAttributes, type RotationPolicy } from './rotation-policy';
import { claimKey, type IServiceAccount } from './service-account';

/** What to do about a key that somebody else rotated. */
export enum ExternalRotation {
  /** Adopt it, with a warning. */
  ADOPT = 'adopt',
  /** Warn until this is changed. */
  WARN = 'warn',
  /** Rotate once more. */
  ROTATE = 'rotate',
  /** Stop with an error. */
  ERROR = 'error',
}

export interface KeyRotationProps extends RotationPolicy, HandOverProps {
  /**
   * What to do about a key that somebody else rotated.
   * @default ExternalRotation.ADOPT
   */
  readonly onExternalRotation?: ExternalRotation;

  /**
   * Rotates once more when this is destroyed, so that a key that leaked is dead. Deploy `true` before you destroy.
   * @default false
   */
  readonly rotateOnDestroy?: boolean;

  /**
   * An age recipient (age1…, public): each key is sealed to it before anything else happens to it, in state.
   * @default - keys are not sealed
   */
  readonly escrowRecipient?: string;

  /**
   * An existing directory that also gets each sealed key, as a file.
   * @default - sealed keys stand in state only
   */
  readonly escrowDirectory?: string;

  /**
   * Only where BrowserStack hides the keys of its accounts: the current key, as a token, which a rotation must present.
   * @default - the key is looked up
   */
  readonly currentAccessKey?: string;
}

/**
 * The access key of the service account it stands in, and when it is rotated. At first it only adopts the current key:
 * nothing rotates until it is due or a trigger changes.
 */
export class KeyRotation extends RotatedKey {
  public readonly account: IServiceAccount;
  protected readonly resource: AccessKey;
  protected readonly exported?: boolean;

  constructor(scope: Construct, id: string, props: KeyRotationProps = {}) {
    const account = enclosing(scope, id, 'KeyRotation', ['ServiceAccount']) as IServiceAccount; // the mark says so
    super(scope, id);
    markAs(this, 'KeyRotation');
    this.account = account;
    this.exported = props.exportAccessKey;
    claimKey(this, account);
    this.resource = named(
      new AccessKey(this, 'Resource', {
        provider: account.organization.provider,
        username: account.username,
        ...policyAttributes(props),
        onExternalRotation: props.onExternalRotation,
        rotateOnDestroy: props.rotateOnDestroy,
        exportAccessKey: props.exportAccessKey,
        escrowRecipient: props.escrowRecipient && literal(props.escrowRecipient),
        escrowDirectory: props.escrowDirectory && literal(props.escrowDirectory),
        currentAccessKey: props.currentAccessKey && keyToken(this, props.currentAccessKey),
      }),
    );
    handOver(this, this.resource, props, account.organization.provider);
  }
}
