import { Token } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { consumersAttribute } from '../delivery/consumers';
import { AccessKey } from '../generated/access-key';
import type { IServiceAccount } from '../service-account';
import { named } from '../synthesis/address';
import { claimKey } from '../synthesis/claim';
import { enclosing, markAs, nounOf } from '../synthesis/enclosing';
import { report } from '../synthesis/guards';
import { keyToken } from '../synthesis/key-token';
import { literal } from '../synthesis/literal';
import { RotatedKey, type RotatedKeyProps } from './rotated-key';

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

export interface KeyRotationProps extends RotatedKeyProps {
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
  /** Whether a construct rotates the key of an account. */
  public static isKeyRotation(construct: IConstruct): construct is KeyRotation {
    return nounOf(construct) === 'KeyRotation';
  }

  public readonly account: IServiceAccount;
  /** @internal */
  public readonly _isHidden: boolean;

  private readonly key: AccessKey;

  constructor(scope: Construct, id: string, props: KeyRotationProps = {}) {
    const account = enclosing(scope, id, 'KeyRotation', ['ServiceAccount']) as IServiceAccount; // the mark says so
    super(scope, id, { ...props, consumers: props.consumers ?? account.consumers });
    markAs(this, 'KeyRotation');
    this.account = account;
    this._isHidden = props.currentAccessKey !== undefined;
    claimKey(this, account, account.username);
    report(this, selfLockout(account));
    this.key = named(
      new AccessKey(this, 'Resource', {
        provider: account.organization.provider,
        username: account.username,
        ...this._rotationAttributes(),
        consumers: consumersAttribute(this, this.consumers),
        onExternalRotation: props.onExternalRotation,
        rotateOnDestroy: props.rotateOnDestroy,
        escrowRecipient: props.escrowRecipient && literal(props.escrowRecipient),
        escrowDirectory: props.escrowDirectory && literal(props.escrowDirectory),
        currentAccessKey: props.currentAccessKey && keyToken(this, props.currentAccessKey),
      }),
    );
    this._rotates(this.key, account.organization.provider);
  }

  /** The key sealed to `escrowRecipient` (age, armored); null without one. */
  public get escrowedAccessKey(): string {
    return this.key.escrowedAccessKey;
  }
}

/** The key that the provider runs on would die in the middle of the deployment. */
function selfLockout({ username, organization }: IServiceAccount): string[] {
  if (Token.isUnresolved(username) || username !== deployerOf(organization)) return [];
  return [
    `This rotates the key of ${username}, which the provider of "${organization.node.path}" runs on: it would die in the middle of the deployment. Deploy with other credentials, and rotate this one from there.`,
  ];
}

/** The user name that an organization was given, if it is known here. */
function deployerOf(organization: IConstruct): string | undefined {
  return (organization as IConstruct & { readonly _username?: string })._username;
}
