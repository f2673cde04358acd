import type { Construct, IConstruct } from 'constructs';
import { BrowserstackConstruct } from './browserstack-construct';
import { User as UserResource } from './generated/user';
import type { IOrganization } from './organization';
import { named } from './synthesis/address';
import { claim } from './synthesis/claim';
import { enclosing, markAs, nounOf } from './synthesis/enclosing';
import { emailProblems, report, textProblems } from './synthesis/guards';
import { nameOf } from './synthesis/literal';
import type { ITeam } from './team';

/** What a person may do. */
export enum UserRole {
  USER = 'user',
  /** Of the organization, or of the team the person stands in. */
  ADMIN = 'admin',
  /** Describes the one Owner that exists; nobody can be invited as Owner. */
  OWNER = 'owner',
}

/** A product that access can be granted to. */
export enum Product {
  AUTOMATE = 'automate',
  APP_AUTOMATE = 'app_automate',
  LIVE_TESTING = 'live_testing',
  APP_LIVE_TESTING = 'app_live_testing',
}

export interface UserProps {
  /** E-mail address, which is who the person is. */
  readonly email: string;

  /** Name in the invitation. */
  readonly fullName: string;

  /**
   * What the person may do. A later change must be made in the console first.
   * @default UserRole.USER
   */
  readonly role?: UserRole;

  /**
   * Products the person must have access to: what is missing is granted.
   * @default - none
   */
  readonly products?: Product[];
}

/**
 * A person, invited into the team it stands in, else into the organization. BrowserStack documents no call that removes
 * a person: taking this away only stops managing it.
 */
export class User extends BrowserstackConstruct {
  /** Whether a construct is a person. */
  public static isUser(construct: IConstruct): construct is User {
    return nounOf(construct) === 'User';
  }

  public readonly organization: IOrganization;

  /** The team the person is invited into. */
  public readonly team?: ITeam;

  private readonly resource: UserResource;
  private readonly emailAddress: string;

  constructor(scope: Construct, id: string, props: UserProps) {
    const around = enclosing(scope, id, 'User', ['Team', 'Organization']);
    super(scope, id);
    markAs(this, 'User');
    const inTeam = nounOf(around) === 'Team';
    // The marks say what they are.
    if (inTeam) this.team = around as ITeam;
    this.organization = inTeam ? (around as ITeam).organization : (around as IOrganization);
    this.emailAddress = props.email;
    claim(this, 'invite', props.email.toLowerCase());
    report(this, [...emailProblems(props.email), ...textProblems('full name', props.fullName, 1, 255)]);
    this.resource = named(
      new UserResource(this, 'Resource', {
        provider: this.organization.provider,
        email: nameOf(this, 'e-mail address', props.email),
        fullName: nameOf(this, 'full name', props.fullName),
        role: props.role,
        team: this.team?.teamName,
        products: props.products,
      }),
    );
  }

  /** User name; null while the invitation is pending. */
  public get username(): string {
    return this.resource.username;
  }

  /** `pending`, `active` or `disabled`. */
  public get status(): string {
    return this.resource.status;
  }

  /** Takes over the person with this address who is a member already, instead of inviting: an import. */
  public adopt(): void {
    this.resource.importFrom(nameOf(this, 'e-mail address', this.emailAddress));
  }
}
