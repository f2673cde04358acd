import type { Construct, IConstruct } from 'constructs';
import { named } from './address';
import { BrowserstackConstruct } from './browserstack-construct';
import { claim } from './claim';
import { type DeletionProps, deletionAttributes } from './deletion';
import { enclosing, markAs } from './enclosing';
import { Team as TeamResource } from './generated/team';
import { nameOf } from './literal';
import type { IOrganization } from './organization';

/** A team, whether it is managed here or only mentioned: what its service accounts stand in. */
export interface ITeam extends IConstruct {
  readonly organization: IOrganization;

  /** Name of the team; of a managed team a token, so that whatever uses it waits for the team. */
  readonly teamName: string;
}

export interface TeamProps extends DeletionProps {
  /** Name, 1 to 40 characters, unique in the organization. Another name is another team. */
  readonly name: string;
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
}

/** A team of the organization it stands in. */
export class Team extends TeamBase {
  /** A team that exists and is managed elsewhere (or by nobody). Nothing checks that it exists before an account needs it. */
  public static fromTeamName(scope: Construct, id: string, teamName: string): ITeam {
    return new ImportedTeam(scope, id, teamName);
  }

  private readonly resource: TeamResource;

  constructor(scope: Construct, id: string, props: TeamProps) {
    super(scope, id);
    claim(this, 'declare the team', props.name);
    this.resource = named(
      new TeamResource(this, 'Resource', {
        provider: this.organization.provider,
        name: nameOf(this, 'name', props.name),
        ...deletionAttributes(props, this.organization),
      }),
    );
  }

  public get teamName(): string {
    return this.resource.name;
  }
}

class ImportedTeam extends TeamBase {
  public readonly teamName: string;

  constructor(scope: Construct, id: string, teamName: string) {
    super(scope, id);
    this.teamName = nameOf(this, 'name', teamName);
  }
}
