import type { IConstruct } from 'constructs';
import type { Duration } from '../duration';
import type { RotatedKey } from '../rotation/rotated-key';
import type { ServiceAccount } from '../service-account';
import { nounOf } from '../synthesis/enclosing';
import { Rule, type RuleProps } from './rule';
import { answers } from './who';

/** No key gets older than this: each account that is managed here has a rotation, or stands in a pair that has one. */
export class RequireRotation extends Rule {
  private readonly maxAge: Duration;

  constructor(maxAge: Duration, props?: RuleProps) {
    super(props);
    this.maxAge = maxAge;
  }

  public problemsOf(construct: IConstruct): string[] {
    if (isRotatedKey(construct)) return this.tooOld(construct);
    if (!isManagedAccount(construct) || isRotated(construct)) return [];
    return [
      `The key of "${construct.identifier}" is not rotated, and RequireRotation asks for at most ${this.maxAge}${answers(construct)}. Rotate it: account.rotateKey({ policy: RotationPolicy.every(Duration.days(${this.maxAge.toDays()})) }).`,
    ];
  }

  private tooOld(key: RotatedKey): string[] {
    const age = key.policy?.maxAge;
    if (age?.isUnresolved() || (age !== undefined && age.toDays() <= this.maxAge.toDays())) return [];
    const now = age === undefined ? 'No age makes this key due' : `This key may get ${age} old`;
    return [
      `${now}, and RequireRotation asks for at most ${this.maxAge}${answers(key)}. Say so here (policy) or around it (rotation of the Organization or Team): RotationPolicy.every(Duration.days(${this.maxAge.toDays()})).`,
    ];
  }
}

/** No key stands in the state of Terraform. */
export class ForbidKeyInState extends Rule {
  public problemsOf(construct: IConstruct): string[] {
    if (!isRotatedKey(construct)) return [];
    const why = 'whoever can read the state can read the key';
    const exported = construct.exportsAccessKey
      ? [
          `exportAccessKey puts this key into the state, and ${why}${answers(construct)}. Hand it over with deliverTo() instead.`,
        ]
      : [];
    const delivered = construct.deliveries
      .filter(({ keepsKeyInState }) => keepsKeyInState)
      .map(
        ({ target }) =>
          `${target} holds this key in the state, and ${why}${answers(construct)}. Deliver it by a command.`,
      );
    return [...exported, ...delivered];
  }
}

/** Each key that rotates gets to those who use it: by a delivery, or by a command after each rotation. */
export class RequireDelivery extends Rule {
  public problemsOf(construct: IConstruct): string[] {
    if (!isRotatedKey(construct) || construct.deliveries.length > 0 || construct.hasHook) return [];
    return [
      `A rotation of this key reaches nobody, so its users would be cut off${answers(construct)}. Say where it goes: key.deliverTo(SecretSink.…).`,
    ];
  }
}

function isRotatedKey(construct: IConstruct): construct is RotatedKey {
  return ['KeyRotation', 'RotatingCredential'].includes(nounOf(construct) ?? '');
}

function isManagedAccount(construct: IConstruct): construct is ServiceAccount {
  return nounOf(construct) === 'ServiceAccount' && 'identifier' in construct;
}

function isRotated({ node }: IConstruct): boolean {
  return nounOf(node.scope ?? node.root) === 'RotatingCredential' || node.findAll().some(isRotatedKey);
}
