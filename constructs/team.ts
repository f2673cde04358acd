import type { Construct, IConstruct } from 'constructs';
import { BrowserstackConstruct } from './browserstack-construct';
import { type ScopeDefaults, setDefaults } from './defaults';
import { type DeletionProps, deletionAttributes } from './deletion';
import { Team as TeamResource } from './generated/team';
import type { IOrganization } from './organization';
import { RotatingCredential, type RotatingCredentialProps } from './rotation/rotating-credential';
import { ServiceAccount, type ServiceAccountProps } from './service-account';
import { named } from './synthesis/address';
import { claim } from './synthesis/claim';
import { enclosing, markAs, nounOf } from './synthesis/enclosing';
import { policyProblems, report, textProblems } from './synthesis/guards';
import { nameOf } from './synthesis/literal';
import { User, type UserProps } from './user';

/** A team, whether it is managed here or only mentioned: what its service accounts stand in. */
export interface ITeam extends IConstruct {
  readonly organization: IOrganization;

  /** Name of the team; of a managed team a token, so that whatever uses it waits for the team. */
  readonly teamName: string;

  /** Adds a service account of the team. */
  addServiceAccount(id: string, props?: ServiceAccountProps): ServiceAccount;

  /** Adds two service accounts of the team that take turns. */
  addRotatingCredential(id: string, props?: RotatingCredentialProps): RotatingCredential;

  /** Adds a person of the team. */
  addUser(id: string, props: UserProps): User;

  /** Says that this, with all that stands in it, had another id or stood elsewhere when it was last deployed. */
  movedFrom(from: string): void;
}

export interface TeamProps extends DeletionProps, ScopeDefaults {
  /**
   * Name, 1 to 40 characters, unique in the organization. Another name is another team.
   * @default - the id of the construct
   */
  readonly name?: string;
}

abstract class TeamBase extends BrowserstackConstruct implements ITeam {
  public readonly organization: IOrganization;
  public abstract readonly teamName: string;

  constructor(scope: Construct, id: string) {
    // Looked for first, so that a team in the wrong place leaves nothing in the tree.
    const organization = enclosing(scope, id, 'Team', ['Organization']);
    super(scope, id);
    this.organization = organization as IOrganization; // the mark says so
    markAs(this, 'Team');
  }

  /** Adds a service account of the team. */
  public addServiceAccount(id: string, props?: ServiceAccountProps): ServiceAccount {
    return new ServiceAccount(this, id, props);
  }

  /** Adds two service accounts of the team that take turns. */
  public addRotatingCredential(id: string, props?: RotatingCredentialProps): RotatingCredential {
    return new RotatingCredential(this, id, props);
  }

  /** Adds a person of the team. */
  public addUser(id: string, props: UserProps): User {
    return new User(this, id, props);
  }
}

/** A team of the organization it stands in. */
export class Team extends TeamBase {
  /** A team that exists and is managed elsewhere (or by nobody). Nothing checks that it exists before an account needs it. */
  public static fromTeamName(scope: Construct, id: string, teamName: string): ITeam {
    return new ImportedTeam(scope, id, teamName);
  }

  /** Whether a construct is a team, managed here or only mentioned. */
  public static isTeam(construct: IConstruct): construct is ITeam {
    return nounOf(construct) === 'Team';
  }

  private readonly resource: TeamResource;
  private readonly name: string;
  private readonly protection?: boolean;

  constructor(scope: Construct, id: string, props: TeamProps = {}) {
    super(scope, id);
    setDefaults(this, props);
    this.name = props.name ?? id;
    claim(this, 'declare the team', this.name);
    report(this, textProblems('name', this.name, 1, 40));
    if (props.rotation) report(this, policyProblems(props.rotation));
    const deletion = deletionAttributes(this, props);
    this.protection = deletion.deletionProtection;
    this.resource = named(
      new TeamResource(this, 'Resource', {
        provider: this.organization.provider,
        name: nameOf(this, 'name', this.name),
        ...deletion,
      }),
    );
  }

  public get teamName(): string {
    return this.resource.name;
  }

  /** Whether a plan that would delete or replace it is refused. */
  public get isDeletionProtected(): boolean {
    return this.protection ?? true;
  }

  /** When the team was made (RFC 3339). */
  public get createdAt(): string {
    return this.resource.createdAt;
  }

  /** Number of people in the team. */
  public get userCount(): number {
    return this.resource.userCount;
  }

  /**
   * Takes over the team of this name that exists, instead of making one: an import. May stay for good, or be taken away
   * once it is deployed.
   */
  public adopt(): void {
    this.resource.importFrom(nameOf(this, 'name', this.name));
  }
}

class ImportedTeam extends TeamBase {
  public readonly teamName: string;

  constructor(scope: Construct, id: string, teamName: string) {
    super(scope, id);
    this.teamName = nameOf(this, 'name', teamName);
  }
}
