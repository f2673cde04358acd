import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { BrowserstackConstruct } from './browserstack-construct';
import { type ScopeDefaults, setDefaults } from './defaults';
import { BrowserstackProvider } from './generated/provider';
import { RotatingCredential, type RotatingCredentialProps } from './rotation/rotating-credential';
import { ServiceAccount, type ServiceAccountProps } from './service-account';
import { named } from './synthesis/address';
import { knownId, markAs, nounOf } from './synthesis/enclosing';
import { numberProblems, policyProblems, report } from './synthesis/guards';
import { keyToken } from './synthesis/key-token';
import { literal, nameOf } from './synthesis/literal';
import { mirrorProvider, type PluginMirror } from './synthesis/plugin-mirror';
import { watchStack } from './synthesis/watch';
import { Team, type TeamProps } from './team';
import { User, type UserProps } from './user';

/** An organization, whether its provider was made here or elsewhere: what teams and accounts stand in. */
export interface IOrganization extends IConstruct {
  /** The provider that everything in this organization uses. */
  readonly provider: TerraformProvider;

  /** Adds a team. */
  addTeam(id: string, props?: TeamProps): Team;

  /** Adds a service account of the organization. */
  addServiceAccount(id: string, props?: ServiceAccountProps): ServiceAccount;

  /** Adds two service accounts of the organization that take turns. */
  addRotatingCredential(id: string, props?: RotatingCredentialProps): RotatingCredential;

  /** Adds a person of the organization. */
  addUser(id: string, props: UserProps): User;

  /** Says that this, with all that stands in it, had another id or stood elsewhere when it was last deployed. */
  movedFrom(from: string): void;
}

/** What another identifier or team of a service account means. */
export enum AccountChanges {
  /** Another account, with another user name and key: BrowserStack documents no call that changes one. */
  REPLACE = 'replace',
  /** The account is changed and keeps both, by a call that BrowserStack promises and does not describe. */
  IN_PLACE = 'in_place',
}

export interface OrganizationProps extends ScopeDefaults {
  /**
   * Name of the organization. Credentials of another organization are refused before anything is touched.
   */
  readonly name: string;

  /**
   * Whether the provider checks that its credentials belong to the organization called `name`.
   * @default true
   */
  readonly guard?: boolean;

  /**
   * User name of an Owner or Admin (not the e-mail address).
   * @default - from the environment: BROWSERSTACK_USERNAME
   */
  readonly username?: string;

  /**
   * Access key of that user, as a token: a sensitive `TerraformVariable`, a data source. A key written into the program
   * is refused, since it would stand in cdk.tf.json.
   * @default - from the environment: BROWSERSTACK_ACCESS_KEY
   */
  readonly accessKey?: string;

  /**
   * Base URL of the API.
   * @default - from the environment, BROWSERSTACK_API_URL, else https://api.browserstack.com
   */
  readonly baseUrl?: string;

  /**
   * A plan that rotates more keys than this is refused.
   * @default - no limit
   */
  readonly maxRotationsPerApply?: number;

  /**
   * What another identifier or team of a service account means.
   * @default - from the environment, BROWSERSTACK_ACCOUNT_CHANGES, else AccountChanges.REPLACE
   */
  readonly accountChanges?: AccountChanges;

  /**
   * Seconds to wait for one answer of the API.
   * @default - from the environment, BROWSERSTACK_REQUEST_TIMEOUT, else 30
   */
  readonly requestTimeout?: number;

  /**
   * How the synthesized stack gets the provider of this package, so that no registry is needed. Of several organizations
   * in a stack `NONE` counts before `COPY`, and that before `LINK`.
   * @default PluginMirror.LINK
   */
  readonly pluginMirror?: PluginMirror;
}

export interface OrganizationAttributes extends ScopeDefaults {
  /** The provider, made by hand or by another library. */
  readonly provider: TerraformProvider;

  /**
   * As for an `Organization`.
   * @default PluginMirror.LINK
   */
  readonly pluginMirror?: PluginMirror;
}

abstract class OrganizationBase extends BrowserstackConstruct implements IOrganization {
  public abstract readonly provider: TerraformProvider;

  constructor(scope: Construct, id: string, props: ScopeDefaults & { readonly pluginMirror?: PluginMirror }) {
    super(scope, knownId(id, 'Organization'));
    markAs(this, 'Organization');
    setDefaults(this, props);
    if (props.rotation) report(this, policyProblems(props.rotation));
    watchStack(this);
    mirrorProvider(this, props.pluginMirror);
  }

  /** Adds a team. */
  public addTeam(id: string, props?: TeamProps): Team {
    return new Team(this, id, props);
  }

  /** Adds a service account of the organization. */
  public addServiceAccount(id: string, props?: ServiceAccountProps): ServiceAccount {
    return new ServiceAccount(this, id, props);
  }

  /** Adds two service accounts of the organization that take turns. */
  public addRotatingCredential(id: string, props?: RotatingCredentialProps): RotatingCredential {
    return new RotatingCredential(this, id, props);
  }

  /** Adds a person of the organization. */
  public addUser(id: string, props: UserProps): User {
    return new User(this, id, props);
  }
}

/**
 * An organization and the credentials to manage it. Teams and service accounts stand inside it, and several
 * organizations may stand in one stack: each has a provider of its own, whose alias follows from its path.
 */
export class Organization extends OrganizationBase {
  /** The organization that a provider made elsewhere in this stack belongs to. */
  public static fromOrganizationAttributes(
    scope: Construct,
    id: string,
    attributes: OrganizationAttributes,
  ): IOrganization {
    return new ImportedOrganization(scope, id, attributes);
  }

  /**
   * The organization around a construct.
   * @throws when it stands in none
   */
  public static of(construct: IConstruct): IOrganization {
    const around = [...construct.node.scopes].reverse().find((scope) => nounOf(scope) === 'Organization');
    if (around === undefined) throw new Error(`"${construct.node.path}" stands in no Organization.`);
    return around as IOrganization; // the mark says so
  }

  /** Whether a construct is an organization. */
  public static isOrganization(construct: IConstruct): construct is IOrganization {
    return nounOf(construct) === 'Organization';
  }

  public readonly provider: TerraformProvider;

  /**
   * Whom the provider runs as, where that is known here.
   * @internal
   */
  public readonly _username?: string;

  /** Name of the organization. */
  public readonly organizationName: string;

  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id, props);
    const { guard = true } = props;
    this.organizationName = props.name;
    this._username = props.username;
    report(this, [
      ...numberProblems('limit of rotations', props.maxRotationsPerApply, 0, 100_000),
      ...numberProblems('time to wait, in seconds,', props.requestTimeout, 1, 3600),
    ]);
    const provider = named(
      new BrowserstackProvider(this, 'Provider', {
        organization: guard ? nameOf(this, 'name', props.name) : undefined,
        username: props.username && nameOf(this, 'user name', props.username),
        accessKey: props.accessKey && keyToken(this, props.accessKey),
        baseUrl: props.baseUrl && literal(props.baseUrl),
        maxRotationsPerApply: props.maxRotationsPerApply,
        accountChanges: props.accountChanges,
        requestTimeout: props.requestTimeout,
      }),
    );
    // Always: an organization that is alone today must not become somebody else's when another one comes or goes.
    provider.alias = provider.friendlyUniqueId;
    this.provider = provider;
    this.node.defaultChild = provider;
  }
}

class ImportedOrganization extends OrganizationBase {
  public readonly provider: TerraformProvider;

  constructor(scope: Construct, id: string, attributes: OrganizationAttributes) {
    super(scope, id, attributes);
    this.provider = attributes.provider;
    this.node.defaultChild = attributes.provider;
  }
}
