import { Annotations, Aspects, type IAspect, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

export interface RuleProps {
  /**
   * Constructs that it does not hold for, with all that stands in them.
   * @default - it holds for all
   */
  readonly except?: IConstruct[];

  /**
   * Warns instead of stopping the synthesis.
   * @default false
   */
  readonly warnOnly?: boolean;
}

/** So that rules are recognized even when the package is installed twice. */
const RULE = Symbol.for('browserstack-iac/Rule');

/**
 * What must hold for an organization as a program. An aspect: `Aspects.of(app).add(…)`, on an app, a stack, or any
 * construct below. All that break it are named at once. For a rule of your own, override `problemsOf`.
 */
export abstract class Rule implements IAspect {
  private readonly props: RuleProps;
  private readonly asked = new WeakSet<IConstruct>();

  constructor(props: RuleProps = {}) {
    this.props = props;
    Object.defineProperty(this, RULE, { value: true });
  }

  /** Called by cdktf for each construct. */
  public visit(construct: IConstruct): void {
    // Synthesized again, the same question is not asked twice.
    if (this.asked.has(construct)) return;
    this.asked.add(construct);
    if (!this.props.warnOnly) construct.node.addValidation({ validate: () => this.broken(construct) });
    else for (const sentence of this.broken(construct)) Annotations.of(construct).addWarning(sentence);
  }

  /** What breaks the rule, in sentences that say who, why and what to do; none for constructs that it is not about. */
  public abstract problemsOf(construct: IConstruct): string[];

  private broken(construct: IConstruct): string[] {
    const { except = [] } = this.props;
    return construct.node.scopes.some((scope) => except.includes(scope)) ? [] : this.problemsOf(construct);
  }

  /** @internal */
  public _fromApp(construct: IConstruct): string[] {
    if (this.props.warnOnly) {
      this.visit(construct);
      return [];
    }
    return this.broken(construct).map((sentence) => `${construct.node.path}: ${sentence}`);
  }
}

/** Several rules as one aspect: cdktf's `Aspects.add` takes one, and forgets the others without a word. */
export class Rules implements IAspect {
  /** All of these. */
  public static all(...rules: Rule[]): Rules {
    return new Rules(rules);
  }

  /** @internal */
  public readonly _rules: readonly Rule[];

  private constructor(rules: readonly Rule[]) {
    this._rules = rules;
  }

  /** Called by cdktf for each construct. */
  public visit(construct: IConstruct): void {
    for (const rule of this._rules) rule.visit(construct);
  }
}

/**
 * What rules say that stand above the stack: cdktf asks the aspects of a stack and below, those of the app never.
 */
export function rulesAbove(stack: TerraformStack): string[] {
  const above = stack.node.scopes.slice(0, -1).flatMap((scope) => Aspects.of(scope).all);
  const rules = above.flatMap((aspect) => (isRules(aspect) ? aspect._rules : isRule(aspect) ? [aspect] : []));
  if (rules.length === 0) return [];
  const here = stack.node.findAll().filter((construct) => TerraformStack.of(construct) === stack);
  return here.flatMap((construct) => rules.flatMap((rule) => rule._fromApp(construct)));
}

function isRule(aspect: IAspect): aspect is Rule {
  return RULE in aspect;
}

function isRules(aspect: IAspect): aspect is Rules {
  return '_rules' in aspect;
}
