import { Token } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { named } from './address';
import { BrowserstackConstruct } from './browserstack-construct';
import { claim } from './claim';
import { type DeletionProps, deletionAttributes } from './deletion';
import { enclosing, markAs, nounOf } from './enclosing';
import { ServiceAccount as ServiceAccountResource } from './generated/service-account';
import { literalList, nameOf } from './literal';
import { type IOrganization, Organization } from './organization';
import type { ITeam } from './team';

/** A service account, whether it is managed here or only mentioned: what the rotation of its key stands in. */
export interface IServiceAccount extends IConstruct {
  readonly organization: IOrganization;

  /** The team it belongs to; none for an account of the organization. */
  readonly team?: ITeam;

  /** User name that BrowserStack gave it: one half of its credential. */
  readonly username: string;
}

export interface ServiceAccountProps extends DeletionProps {
  /**
   * Unique name, at least 3 characters, shown on dashboards and reports. Another identifier is another account, with
   * another user name and key.
   */
  readonly identifier: string;

  /**
   * Who uses the account (a pipeline, a repository, a contact): shown by a plan that would delete or replace it.
   * @default - not said
   */
  readonly consumers?: string[];
}

abstract class ServiceAccountBase extends BrowserstackConstruct implements IServiceAccount {
  public readonly organization: IOrganization;
  public readonly team?: ITeam;
  public abstract readonly username: string;

  constructor(scope: Construct, id: string) {
    const around = enclosing(scope, id, 'ServiceAccount', ['Team', 'Organization']);
    super(scope, id);
    this.organization = Organization.of(around);
    if (nounOf(around) === 'Team') this.team = around as ITeam; // the mark says so
    markAs(this, 'ServiceAccount');
  }
}

/** A machine identity with one access key. Inside a team it belongs to the team, else to the organization. */
export class ServiceAccount extends ServiceAccountBase {
  /** An account that exists and is managed elsewhere (or by nobody), by the user name that BrowserStack gave it. */
  public static fromUsername(scope: Construct, id: string, username: string): IServiceAccount {
    return new ImportedServiceAccount(scope, id, username);
  }

  private readonly resource: ServiceAccountResource;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    claim(this, 'declare the service account', props.identifier);
    this.resource = named(
      new ServiceAccountResource(this, 'Resource', {
        provider: this.organization.provider,
        identifier: nameOf(this, 'identifier', props.identifier),
        team: this.team?.teamName,
        consumers: props.consumers && literalList(props.consumers),
        ...deletionAttributes(props, this.organization),
      }),
    );
  }

  public get username(): string {
    return this.resource.username;
  }
}

class ImportedServiceAccount extends ServiceAccountBase {
  public readonly username: string;

  constructor(scope: Construct, id: string, username: string) {
    super(scope, id);
    this.username = nameOf(this, 'user name', username);
  }
}

/** Claims the key of an account for the construct that rotates it: two of them would undo each other's work. */
export function claimKey(rotation: IConstruct, { node, username }: IServiceAccount): void {
  claim(rotation, 'rotate the key of', Token.isUnresolved(username) ? node.path : username);
}
