import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ServiceAccount } from '../service-account';
import { nounOf } from '../synthesis/enclosing';
import { literal } from '../synthesis/literal';
import type { Team } from '../team';
import { Rule, type RuleProps } from './rule';
import { answers } from './who';

/** Each account that is managed here belongs to a team. */
export class RequireTeam extends Rule {
  public problemsOf(construct: IConstruct): string[] {
    if (!isManagedAccount(construct) || construct.team !== undefined) return [];
    return [
      `"${construct.identifier}" belongs to no team, so that the whole organization's Admins manage it and no team sees it${answers(construct)}. Put it into one: team.addServiceAccount(…).`,
    ];
  }
}

/** Identifiers of accounts follow a pattern. */
export class NamePattern extends Rule {
  private readonly pattern: RegExp;

  /** @param pattern A regular expression for the whole identifier: "acme-[a-z-]+". */
  constructor(pattern: string, props?: RuleProps) {
    super(props);
    this.pattern = new RegExp(`^(?:${pattern})$`, 'u');
  }

  public problemsOf(construct: IConstruct): string[] {
    if (!isManagedAccount(construct)) return [];
    const { identifier } = construct;
    if (Token.isUnresolved(literal(identifier)) || this.pattern.test(identifier)) return [];
    return [
      `"${identifier}" is not named like ${this.pattern.source.slice(4, -2)}${answers(construct)}. Give it another identifier, or a naming to the Organization; another identifier is another account.`,
    ];
  }
}

/** Each account says who uses it, so that a plan which would reach them can say so. */
export class RequireConsumers extends Rule {
  public problemsOf(construct: IConstruct): string[] {
    if (!isManagedAccount(construct) || (construct.consumers?.length ?? 0) > 0) return [];
    return [
      `Nobody knows who uses "${construct.identifier}", so no plan could say whom a rotation or a replacement reaches${answers(construct)}. Say so: consumers: ["GitHub: acme/payments"].`,
    ];
  }
}

/** Somebody answers for each account. */
export class RequireOwner extends Rule {
  public problemsOf(construct: IConstruct): string[] {
    if (!isManagedAccount(construct) || construct.owner !== undefined) return [];
    return [
      `Nobody answers for "${construct.identifier}". Say who, here or for the whole Team or Organization: owner: "platform@acme.test".`,
    ];
  }
}

/** No team and no account may be deleted or replaced by a plan. */
export class ProtectDeletion extends Rule {
  public problemsOf(construct: IConstruct): string[] {
    const noun = nounOf(construct);
    const managed = 'isDeletionProtected' in construct && (noun === 'Team' || noun === 'ServiceAccount');
    // The property is there, and says whether it is protected.
    if (!managed || (construct as Team | ServiceAccount).isDeletionProtected) return [];
    return [
      `It is not protected against deletion, which is final${answers(construct)}. Take deletionProtection: false away, here or around it.`,
    ];
  }
}

function isManagedAccount(construct: IConstruct): construct is ServiceAccount {
  return nounOf(construct) === 'ServiceAccount' && 'identifier' in construct;
}
