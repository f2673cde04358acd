import type { Construct } from 'constructs';
import { named } from './address';
import type { DeletionProps } from './deletion';
import { enclosing } from './enclosing';
import { CredentialPair } from './generated/credential-pair';
import { type HandOverProps, handOver } from './hand-over';
import { RotatedKey } from './rotated-key';
import { policyAttributes, type RotationPolicy } from './rotation-policy';
import { claimKey, ServiceAccount } from './service-account';

export interface RotatingCredentialProps extends RotationPolicy, HandOverProps, DeletionProps {
  /** What the identifiers of its two accounts begin with: "payments" makes "payments-a" and "payments-b". */
  readonly identifier: string;

  /**
   * Does not rotate before a session was seen under the active user name. A hint, from the usage report, which
   * BrowserStack Support must enable; where it cannot be had, nothing is rotated and the plan warns.
   * @default false
   */
  readonly waitForAdoption?: boolean;
}

/**
 * One credential made of two service accounts, so that a rotation breaks nobody although BrowserStack kills an old key
 * at once: the idle account's key is rotated, then the accounts change places, and the former credential stays valid
 * until the next rotation. User name and key change together.
 */
export class RotatingCredential extends RotatedKey {
  public readonly accountA: ServiceAccount;
  public readonly accountB: ServiceAccount;
  protected readonly resource: CredentialPair;
  protected readonly exported?: boolean;

  constructor(scope: Construct, id: string, props: RotatingCredentialProps) {
    enclosing(scope, id, 'RotatingCredential', ['Team', 'Organization']);
    super(scope, id);
    this.exported = props.exportAccessKey;
    const { identifier, deletionProtection, deletionPolicy, consumers } = props;
    const account = (slot: string) =>
      new ServiceAccount(this, slot, {
        identifier: `${identifier}-${slot}`,
        deletionProtection,
        deletionPolicy,
        consumers,
      });
    this.accountA = account('a');
    this.accountB = account('b');
    claimKey(this, this.accountA);
    claimKey(this, this.accountB);
    this.resource = named(
      new CredentialPair(this, 'Resource', {
        provider: this.accountA.organization.provider,
        usernameA: this.accountA.username,
        usernameB: this.accountB.username,
        ...policyAttributes(props),
        exportAccessKey: props.exportAccessKey,
        waitForAdoption: props.waitForAdoption,
      }),
    );
    handOver(this, this.resource, props, this.accountA.organization.provider);
  }

  /** User name of the account whose turn it is. */
  public get username(): string {
    return this.resource.username;
  }
}
