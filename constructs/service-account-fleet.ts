import type { Construct, IConstruct } from 'constructs';
import { BrowserstackConstruct } from './browserstack-construct';
import { defaultFor, type ScopeDefaults, setDefaults } from './defaults';
import { Duration } from './duration';
import { KeyRotation, type KeyRotationProps } from './rotation/key-rotation';
import { ServiceAccount } from './service-account';
import { enclosing, markAs, nounOf } from './synthesis/enclosing';

/** One account of a fleet. */
export interface FleetMember {
  /** Its identifier, which is also the id of its construct. */
  readonly identifier: string;

  /**
   * Who uses it.
   * @default - those of the fleet
   */
  readonly consumers?: string[];

  /**
   * Who answers for it.
   * @default - as the nearest construct around it says
   */
  readonly owner?: string;
}

export interface ServiceAccountFleetProps extends ScopeDefaults {
  /** The accounts, from whatever lists them: a file, a catalogue. Their order does not matter. */
  readonly members: FleetMember[];

  /**
   * How their keys are rotated; the policy is the one around them unless told otherwise.
   * @default - as the policy around them says
   */
  readonly keys?: KeyRotationProps;

  /**
   * Spreads their due dates over so much time, each account always at the same place in it, so that a fleet that was
   * adopted on one day is not rotated in one night. At most half of the longest age.
   * @default - half of the longest age
   */
  readonly stagger?: Duration;

  /**
   * Who uses those that do not say.
   * @default - not said
   */
  readonly consumers?: string[];
}

/** Many service accounts that are alike, of the team or organization they stand in, and the rotation of their keys. */
export class ServiceAccountFleet extends BrowserstackConstruct {
  /** Whether a construct is a fleet. */
  public static isServiceAccountFleet(construct: IConstruct): construct is ServiceAccountFleet {
    return nounOf(construct) === 'ServiceAccountFleet';
  }

  /** The rotations of their keys, in the order of the members. */
  public readonly rotations: KeyRotation[];

  constructor(scope: Construct, id: string, props: ServiceAccountFleetProps) {
    enclosing(scope, id, 'ServiceAccountFleet', ['Team', 'Organization']);
    super(scope, id);
    markAs(this, 'ServiceAccountFleet');
    setDefaults(this, props);
    this.rotations = props.members.map((member) => this.rotationOf(member, props));
  }

  /** The accounts, in the order of the members. */
  public get accounts(): ServiceAccount[] {
    return this.rotations.map(({ account }) => account as ServiceAccount); // made below, each of them
  }

  private rotationOf(member: FleetMember, props: ServiceAccountFleetProps): KeyRotation {
    const { identifier, owner } = member;
    const consumers = member.consumers ?? props.consumers;
    const account = new ServiceAccount(this, identifier, { identifier, owner, consumers });
    return new KeyRotation(account, 'key', { ...props.keys, policy: staggered(account, props) });
  }
}

function staggered(account: IConstruct, { keys, stagger }: ServiceAccountFleetProps) {
  const policy = keys?.policy ?? defaultFor(account, 'rotation');
  if (policy?.maxAge === undefined) return policy;
  if (stagger !== undefined) return policy.jitter(stagger);
  // With what only Terraform knows nothing can be computed here.
  if (policy.spread !== undefined || policy.maxAge.isUnresolved()) return policy;
  return policy.jitter(Duration.days(Math.floor(policy.maxAge.toDays() / 2)));
}
