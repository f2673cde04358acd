import { Construct } from 'constructs';
import { named } from './address';
import type { DeletionProps } from './deletion';
import { enclosing } from './enclosing';
import { CredentialPair } from './generated/credential-pair';
import { exportedKey, type HandOverProps, handOver } from './hand-over';
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
export class RotatingCredential extends Construct {
  public readonly accountA: ServiceAccount;
  public readonly accountB: ServiceAccount;
  private readonly resource: CredentialPair;
  private readonly exported?: boolean;

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
    handOver(this, this.resource, props);
  }

  /** User name of the account whose turn it is. */
  public get username(): string {
    return this.resource.username;
  }

  /** Tells whether two keys are the same, and nothing else about them. */
  public get keyFingerprint(): string {
    return this.resource.keyFingerprint;
  }

  /** Counts the credentials, from 1: goes up by one with each rotation. */
  public get generation(): number {
    return this.resource.generation;
  }

  /**
   * Key of the account whose turn it is, sensitive.
   * @throws unless `exportAccessKey` is true
   */
  public get accessKey(): string {
    return exportedKey(this, this.resource, this.exported);
  }
}
