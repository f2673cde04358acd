import { relative } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';

/** The body of a resource, data source, provider or output: attribute names as Terraform writes them. */
export interface Body {
  readonly [attribute: string]: unknown;
}

/** A synthesized stack, to look things up in. */
export interface SynthesizedStack {
  /** What it was made of. */
  readonly stack: TerraformStack;
  /** The whole cdk.tf.json, without cdktf's comments; where the state is kept is told from the working directory. */
  readonly json: { readonly [section: string]: unknown };
  /** Resources of a type, by name. */
  resources(type: string): { readonly [name: string]: Body };
  /** Data sources of a type, by name. */
  dataSources(type: string): { readonly [name: string]: Body };
  /** Ephemeral blocks of a type, by name. */
  ephemerals(type: string): { readonly [name: string]: Body };
  /** Configurations of a provider. */
  providers(name: string): readonly Body[];
  /** Outputs, by name. */
  outputs(): { readonly [name: string]: Body };
}

/**
 * Synthesizes one stack as the app would, references between stacks included, without writing a file.
 * @throws when a validation fails, with all that failed
 */
export function synth(stack: TerraformStack): SynthesizedStack {
  stack.prepareStack();
  const json = JSON.parse(Testing.synth(stack, true));
  const kept = json.terraform?.backend?.local;
  // The path that cdktf makes up is absolute: another machine's snapshot would differ.
  if (kept?.path?.startsWith(process.cwd())) kept.path = relative(process.cwd(), kept.path);
  return {
    stack,
    json,
    resources: (type) => json.resource?.[type] ?? {},
    dataSources: (type) => json.data?.[type] ?? {},
    ephemerals: (type) => json.ephemeral?.[type] ?? {},
    providers: (name) => json.provider?.[name] ?? [],
    outputs: () => json.output ?? {},
  };
}
