// How a key that rotates gets to those who use it, and where it must not get to.

import { type TerraformElement, TerraformOutput } from 'cdktf';
import type { IConstruct } from 'constructs';
import { named } from '../synthesis/address';
import { type AfterRotation, type HookedKey, runAfterRotation } from './after-rotation';

export interface HandOverProps {
  /**
   * Stores the key in state, so that `accessKey` can be used. Whoever can read the state can then read the key.
   * @default false
   */
  readonly exportAccessKey?: boolean;

  /**
   * Makes Terraform outputs of user name, fingerprint and generation, and of the key (always sensitive) if exported.
   * @default false
   */
  readonly outputs?: boolean;

  /**
   * A command to run where Terraform runs, once at first and then after each rotation: to hand the new key on.
   * @default - nothing is run
   */
  readonly afterRotation?: AfterRotation;
}

/** A resource that knows a key that rotates. */
export interface KeyResource extends TerraformElement {
  readonly terraformResourceType: string;
  readonly username: string;
  readonly keyFingerprint: string;
  readonly generation: number;
  readonly keyVersion: number;
  readonly accessKey: string;
  readonly rotatedAt: string;
  readonly rotationDueAt: string;
  readonly rotationStatus: string;
  readonly rotationReason: string;
}

/** Makes what the props ask for, and refuses at synthesis to let the key out of its stack. */
export function handOver(scope: HookedKey, resource: KeyResource, props: HandOverProps): void {
  scope.node.addValidation({ validate: () => leaks(resource) });
  if (props.outputs) makeOutputs(scope);
  if (props.afterRotation) runAfterRotation(scope, props.afterRotation);
}

function makeOutputs(key: HookedKey): void {
  const output = (id: string, value: string | number, description: string, sensitive?: boolean) =>
    named(new TerraformOutput(key, id, { value, description, sensitive }));
  output('username', key.username, 'User name of the service account.');
  output('fingerprint', key.keyFingerprint, 'Tells whether two keys are the same.');
  output('generation', key.generation, 'Counts the keys seen, from 1.');
  const { _exportedAccessKey: accessKey } = key;
  if (accessKey !== undefined) output('access_key', accessKey, 'Access key of the service account.', true);
}

/** Terraform forgets, between stacks, that a value is sensitive: another stack would print the key in its plan. */
function leaks({ terraformResourceType, friendlyUniqueId, cdktfStack }: KeyResource): string[] {
  const key = `${terraformResourceType}.${friendlyUniqueId}.access_key`;
  const leak = cdktfStack.node.children.some(
    ({ node: { id } }: IConstruct) => id.startsWith('cross-stack-output-') && id.includes(key),
  );
  if (!leak) return [];
  return [
    'The key is used in another stack, where Terraform no longer knows that it is sensitive and prints it. Use it in this stack only, or write it to a secret store and read it from there.',
  ];
}
