// How a key that rotates gets to those who use it, and where it must not get to.

import { type TerraformElement, TerraformOutput, type TerraformProvider, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from './address';
import { type AfterRotation, runAfterRotation } from './after-rotation';

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

/** Set where BrowserStack hides keys from whoever looks them up. */
interface HiddenKeyProps {
  readonly currentAccessKey?: string;
}

/** A resource that knows a key that rotates. */
export interface KeyResource extends TerraformElement {
  readonly terraformResourceType: string;
  readonly username: string;
  readonly keyFingerprint: string;
  readonly generation: number;
  readonly keyVersion: number;
  readonly accessKey: string;
}

/** Makes what the props ask for, and refuses at synthesis to let the key out of its stack. */
export function handOver(
  scope: Construct,
  resource: KeyResource,
  props: HandOverProps & HiddenKeyProps,
  provider: TerraformProvider,
): void {
  scope.node.addValidation({ validate: () => leaks(resource) });
  const { username, keyFingerprint, generation } = resource;
  const accessKey = props.exportAccessKey ? resource.accessKey : undefined;
  if (props.outputs) {
    const output = (id: string, value: string | number, description: string, sensitive?: boolean) =>
      named(new TerraformOutput(scope, id, { value, description, sensitive }));
    output('username', username, 'User name of the service account.');
    output('fingerprint', keyFingerprint, 'Tells whether two keys are the same.');
    output('generation', generation, 'Counts the keys seen, from 1.');
    if (accessKey) output('access_key', accessKey, 'Access key of the service account.', true);
  }
  if (props.afterRotation)
    runAfterRotation(scope, props.afterRotation, {
      provider,
      hidden: props.currentAccessKey !== undefined,
      username,
      generation: Token.asString(generation),
      keyFingerprint,
      accessKey,
    });
}

/** @throws when the key is not exported: then there is nothing to refer to */
export function exportedKey(scope: Construct, resource: KeyResource, exported: boolean | undefined): string {
  if (exported) return resource.accessKey;
  throw new Error(
    `The key of "${scope.node.path}" is not exported. Set exportAccessKey: true if it may stand in the state, or read it with the ephemeral resource browserstack_access_key, which leaves no trace.`,
  );
}

/** Terraform forgets, between stacks, that a value is sensitive: another stack would print the key in its plan. */
function leaks({ terraformResourceType, friendlyUniqueId, cdktfStack }: KeyResource): string[] {
  const key = `${terraformResourceType}.${friendlyUniqueId}.access_key`;
  const leak = cdktfStack.node.children.some(
    ({ node: { id } }) => id.startsWith('cross-stack-output-') && id.includes(key),
  );
  if (!leak) return [];
  return [
    'The key is used in another stack, where Terraform no longer knows that it is sensitive and prints it. Use it in this stack only, or write it to a secret store and read it from there.',
  ];
}
