import { literal } from './synthesis/literal';

/** How the identifier of a service account follows from construct ids, where none is given. */
export class Naming {
  /** "payments-ci" for the account "ci" of the team "payments", "nightly" for an account of the organization. */
  public static readonly TEAM_AND_ID = new Naming('{team}-{id}', '{id}');

  /** The id alone. */
  public static readonly ID = new Naming('{id}', '{id}');

  /**
   * A pattern for accounts of teams, with "{team}" and "{id}" for construct ids: "acme-{team}-{id}".
   * @param inTeams For accounts of teams.
   * @param ofOrganization For accounts of the organization, which have no "{team}".
   */
  public static pattern(inTeams: string, ofOrganization: string): Naming {
    return new Naming(inTeams, ofOrganization);
  }

  private readonly inTeams: string;
  private readonly ofOrganization: string;

  private constructor(inTeams: string, ofOrganization: string) {
    for (const pattern of [inTeams, ofOrganization])
      if (!literal(pattern).includes('{id}'))
        throw new Error(
          `The naming pattern "${pattern}" has no {id}: all accounts would have one identifier.`,
        );
    this.inTeams = inTeams;
    this.ofOrganization = ofOrganization;
  }

  /** The identifier for an account. @param team Id of the construct around it, if it is of a team. */
  public identifierOf(id: string, team?: string): string {
    const pattern = team === undefined ? this.ofOrganization : this.inTeams;
    return pattern.replaceAll('{id}', () => id).replaceAll('{team}', () => team ?? '');
  }
}
