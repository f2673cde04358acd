import type { Construct, IConstruct } from 'constructs';
import { defaultFor, setDefaults } from '../defaults';
import type { DeletionProps } from '../deletion';
import { consumersAttribute } from '../delivery/consumers';
import { CredentialPair } from '../generated/credential-pair';
import { Naming } from '../naming';
import { ServiceAccount } from '../service-account';
import { named } from '../synthesis/address';
import { claimKey } from '../synthesis/claim';
import { enclosing, markAs, nounOf } from '../synthesis/enclosing';
import { RotatedKey, type RotatedKeyProps } from './rotated-key';

export interface RotatingCredentialProps extends RotatedKeyProps, DeletionProps {
  /**
   * What the identifiers of its two accounts begin with: "payments" makes "payments-a" and "payments-b".
   * @default - made from construct ids, as the naming around it says
   */
  readonly identifier?: string;

  /**
   * Does not rotate before a session was seen under the active user name. A hint, from the usage report, which
   * BrowserStack Support must enable; where it cannot be had, nothing is rotated and the plan warns.
   * @default false
   */
  readonly waitForAdoption?: boolean;

  /**
   * Who answers for it: a team or an address.
   * @default - as the nearest construct around it says
   */
  readonly owner?: string;
}

/**
 * One credential made of two service accounts, so that a rotation breaks nobody although BrowserStack kills an old key
 * at once: the idle account's key is rotated, then the accounts change places, and the former credential stays valid
 * until the next rotation. User name and key change together.
 */
export class RotatingCredential extends RotatedKey {
  /** Whether a construct is two accounts that take turns. */
  public static isRotatingCredential(construct: IConstruct): construct is RotatingCredential {
    return nounOf(construct) === 'RotatingCredential';
  }

  public readonly accountA: ServiceAccount;
  public readonly accountB: ServiceAccount;
  /** @internal */
  public readonly _isHidden = false;

  private readonly pair: CredentialPair;

  constructor(scope: Construct, id: string, props: RotatingCredentialProps = {}) {
    const around = enclosing(scope, id, 'RotatingCredential', ['Team', 'Organization']);
    super(scope, id, props);
    markAs(this, 'RotatingCredential');
    setDefaults(this, { owner: props.owner });
    const team = nounOf(around) === 'Team' ? around.node.id : undefined;
    const naming = defaultFor(this, 'naming') ?? Naming.TEAM_AND_ID;
    const identifier = props.identifier ?? naming.identifierOf(id, team);
    const account = (slot: string) =>
      new ServiceAccount(this, slot, {
        identifier: `${identifier}-${slot}`,
        deletionProtection: props.deletionProtection,
        deletionPolicy: props.deletionPolicy,
        consumers: props.consumers,
      });
    this.accountA = account('a');
    this.accountB = account('b');
    for (const one of [this.accountA, this.accountB]) claimKey(this, one, one.username);
    this.pair = named(
      new CredentialPair(this, 'Resource', {
        provider: this.accountA.organization.provider,
        usernameA: this.accountA.username,
        usernameB: this.accountB.username,
        ...this._rotationAttributes(),
        consumers: consumersAttribute(this, props.consumers),
        waitForAdoption: props.waitForAdoption,
      }),
    );
    this._rotates(this.pair, this.accountA.organization.provider);
  }

  /** "a" or "b": whose turn it is. */
  public get activeSlot(): string {
    return this.pair.activeSlot;
  }

  /** User name of the account whose turn it is not. */
  public get idleUsername(): string {
    return this.pair.idleUsername;
  }

  /** @internal */
  protected override get _idleUsername(): string {
    return this.idleUsername;
  }

  /** Fingerprint of the key of the account whose turn it is not. */
  public get idleKeyFingerprint(): string {
    return this.pair.idleKeyFingerprint;
  }

  /** `retired` (consumers may still use it), `spare` or `fresh`. */
  public get idleSlotStatus(): string {
    return this.pair.idleSlotStatus;
  }
}
