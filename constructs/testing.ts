// Tests of stacks, as Terraform will see them: import from 'browserstack-iac/testing'.

import { type TerraformStack, Testing } from 'cdktf';

/** The body of a resource, data source, provider or output: attribute names as Terraform writes them. */
export interface Body {
  readonly [attribute: string]: unknown;
}

/** A synthesized stack, to look things up in. */
export interface SynthesizedStack {
  /** The whole cdk.tf.json, without cdktf's comments. */
  readonly json: { readonly [section: string]: unknown };
  /** Resources of a type, by name. */
  resources(type: string): { readonly [name: string]: Body };
  /** Data sources of a type, by name. */
  dataSources(type: string): { readonly [name: string]: Body };
  /** Configurations of a provider. */
  providers(name: string): readonly Body[];
  /** Outputs, by name. */
  outputs(): { readonly [name: string]: Body };
}

/**
 * Synthesizes one stack as the app would, references between stacks included, without writing a file.
 * @throws when a validation fails
 */
export function synthesize(stack: TerraformStack): SynthesizedStack {
  stack.prepareStack();
  const json = JSON.parse(Testing.synth(stack, true));
  return {
    json,
    resources: (type) => json.resource?.[type] ?? {},
    dataSources: (type) => json.data?.[type] ?? {},
    providers: (name) => json.provider?.[name] ?? [],
    outputs: () => json.output ?? {},
  };
}

interface MatcherState {
  equals(a: unknown, b: unknown): boolean;
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * Matchers for Vitest and Jest: `expect.extend(matchers)`, then
 * `expect(synthesize(stack)).toHaveResource('browserstack_team', { name: 'Payments' })`.
 */
export const matchers = {
  /** Is there a resource of this type with at least these attributes? Values may be asymmetric matchers. */
  toHaveResource(
    this: MatcherState,
    stack: SynthesizedStack,
    type: string,
    attributes: Body = {},
  ): MatcherResult {
    return found(this, `resource ${type}`, Object.values(stack.resources(type)), attributes);
  },

  /** The same for data sources. */
  toHaveDataSource(
    this: MatcherState,
    stack: SynthesizedStack,
    type: string,
    attributes: Body = {},
  ): MatcherResult {
    return found(this, `data source ${type}`, Object.values(stack.dataSources(type)), attributes);
  },

  /** The same for provider configurations. */
  toHaveProvider(
    this: MatcherState,
    stack: SynthesizedStack,
    name: string,
    attributes: Body = {},
  ): MatcherResult {
    return found(this, `provider ${name}`, stack.providers(name), attributes);
  },
};

function found({ equals }: MatcherState, what: string, bodies: readonly Body[], wanted: Body): MatcherResult {
  const pass = bodies.some((body) =>
    Object.entries(wanted).every(([name, value]) => equals(body[name], value)),
  );
  return {
    pass,
    message: () =>
      `expected ${pass ? 'no' : 'a'} ${what} with ${JSON.stringify(wanted, null, 2)}, found ${JSON.stringify(bodies, null, 2)}`,
  };
}
