import type { Construct, IConstruct } from 'constructs';
import { BrowserstackConstruct } from './browserstack-construct';
import { defaultFor, setDefaults } from './defaults';
import { type DeletionProps, deletionAttributes } from './deletion';
import { consumersAttribute } from './delivery/consumers';
import { DataBrowserstackServiceAccount } from './generated/data-browserstack-service-account';
import { ServiceAccount as ServiceAccountResource } from './generated/service-account';
import { Naming } from './naming';
import type { IOrganization } from './organization';
import { KeyRotation, type KeyRotationProps } from './rotation/key-rotation';
import { named } from './synthesis/address';
import { claim } from './synthesis/claim';
import { enclosing, markAs, nounOf } from './synthesis/enclosing';
import { report, textProblems } from './synthesis/guards';
import { nameOf } from './synthesis/literal';
import type { ITeam } from './team';

/** A service account, whether it is managed here or only mentioned: what the rotation of its key stands in. */
export interface IServiceAccount extends IConstruct {
  readonly organization: IOrganization;

  /** The team it belongs to; none for an account of the organization. */
  readonly team?: ITeam;

  /** User name that BrowserStack gave it: one half of its credential. */
  readonly username: string;

  /** Who uses the account; undefined when nobody said. */
  readonly consumers?: string[];

  /** Who answers for it; undefined when nobody said, here or around it. */
  readonly owner?: string;

  /** Rotates its key, as the policy around it says unless told otherwise. */
  rotateKey(props?: KeyRotationProps): KeyRotation;

  /** Says that this, with all that stands in it, had another id or stood elsewhere when it was last deployed. */
  movedFrom(from: string): void;
}

export interface ServiceAccountProps extends DeletionProps {
  /**
   * Unique name, at least 3 characters, shown on dashboards and reports. Another identifier is another account, with
   * another user name and key.
   * @default - made from construct ids, as the naming around it says: "payments-ci" for "ci" in the team "payments"
   */
  readonly identifier?: string;

  /**
   * Who uses the account (a pipeline, a repository, a contact): shown by a plan that would delete or replace it.
   * @default - not said
   */
  readonly consumers?: string[];

  /**
   * Who answers for it: a team or an address.
   * @default - as the nearest construct around it says
   */
  readonly owner?: string;
}

abstract class ServiceAccountBase extends BrowserstackConstruct implements IServiceAccount {
  public readonly organization: IOrganization;
  public readonly team?: ITeam;
  public readonly consumers?: string[];
  public abstract readonly username: string;

  constructor(scope: Construct, id: string, props: Pick<ServiceAccountProps, 'consumers' | 'owner'>) {
    const around = enclosing(scope, id, 'ServiceAccount', ['Team', 'Organization']);
    super(scope, id);
    markAs(this, 'ServiceAccount');
    // The marks say what they are.
    if (nounOf(around) === 'Team') this.team = around as ITeam;
    this.organization = this.team?.organization ?? (around as IOrganization);
    this.consumers = props.consumers;
    setDefaults(this, { owner: props.owner });
  }

  /** Who answers for it; undefined when nobody said, here or around it. */
  public get owner(): string | undefined {
    return defaultFor(this, 'owner');
  }

  /**
   * Rotates its key, as the policy around it says unless told otherwise. Its construct has the id "key": for another one
   * make a `KeyRotation`.
   */
  public rotateKey(props?: KeyRotationProps): KeyRotation {
    return new KeyRotation(this, 'key', props);
  }
}

/** A machine identity with one access key. Inside a team it belongs to the team, else to the organization. */
export class ServiceAccount extends ServiceAccountBase {
  /** An account that exists and is managed elsewhere (or by nobody), by the user name that BrowserStack gave it. */
  public static fromUsername(scope: Construct, id: string, username: string): IServiceAccount {
    return new ImportedServiceAccount(scope, id, username);
  }

  /** An account that exists and is managed elsewhere (or by nobody), by its identifier: looked up at every plan. */
  public static fromIdentifier(scope: Construct, id: string, identifier: string): IServiceAccount {
    return new FoundServiceAccount(scope, id, identifier);
  }

  /** Whether a construct is a service account, managed here or only mentioned. */
  public static isServiceAccount(construct: IConstruct): construct is IServiceAccount {
    return nounOf(construct) === 'ServiceAccount';
  }

  /** Unique name, shown on dashboards and reports. */
  public readonly identifier: string;

  private readonly resource: ServiceAccountResource;
  private readonly protection?: boolean;

  constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    super(scope, id, props);
    const naming = defaultFor(this, 'naming') ?? Naming.TEAM_AND_ID;
    this.identifier = props.identifier ?? naming.identifierOf(id, this.team?.node.id);
    claim(this, 'declare the service account', this.identifier);
    report(this, textProblems('identifier', this.identifier, 3, 255));
    const deletion = deletionAttributes(this, props);
    this.protection = deletion.deletionProtection;
    this.resource = named(
      new ServiceAccountResource(this, 'Resource', {
        provider: this.organization.provider,
        identifier: nameOf(this, 'identifier', this.identifier),
        team: this.team?.teamName,
        consumers: consumersAttribute(this, props.consumers),
        ...deletion,
      }),
    );
  }

  public get username(): string {
    return this.resource.username;
  }

  /** Whether a plan that would delete or replace it is refused. */
  public get isDeletionProtected(): boolean {
    return this.protection ?? true;
  }

  /**
   * Takes over an account that exists, with its user name and key, instead of making one: an import. May stay for good,
   * or be taken away once it is deployed.
   * @param username Its user name, where two accounts have the identifier.
   */
  public adopt(username?: string): void {
    this.resource.importFrom(nameOf(this, 'identifier', username ?? this.identifier));
  }
}

class ImportedServiceAccount extends ServiceAccountBase {
  public readonly username: string;

  constructor(scope: Construct, id: string, username: string) {
    super(scope, id, {});
    this.username = nameOf(this, 'user name', username);
  }
}

class FoundServiceAccount extends ServiceAccountBase {
  private readonly source: DataBrowserstackServiceAccount;

  constructor(scope: Construct, id: string, identifier: string) {
    super(scope, id, {});
    this.source = named(
      new DataBrowserstackServiceAccount(this, 'Resource', {
        provider: this.organization.provider,
        identifier: nameOf(this, 'identifier', identifier),
      }),
    );
  }

  public get username(): string {
    return this.source.username;
  }
}
