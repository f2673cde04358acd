// A command of the user's after each rotation. Whatever runs it, it never finds the deployer's key where it looks for the
// new one.

import { DataResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from './address';
import type { EphemeralAccessKey } from './ephemeral-access-key';
import { implyProvider } from './implied-provider';
import { literal, literals } from './literal';
import { recordFormerType } from './moved';

/** What runs a command after a rotation. */
export enum HookRunner {
  /**
   * `terraform_data`, with the key from an ephemeral block: it stands in no state and no plan. Terraform ≥ 1.10,
   * OpenTofu ≥ 1.11.
   */
  TERRAFORM_DATA = 'terraform_data',
  /**
   * `null_resource`, for engines without ephemeral values: the key is there only if it is exported. Needs the npm package
   * @cdktf/provider-null, and the provider hashicorp/null at deployment.
   */
  NULL_RESOURCE = 'null_resource',
}

export interface AfterRotation {
  /**
   * A shell command. It finds BROWSERSTACK_USERNAME, BROWSERSTACK_ACCESS_KEY, BROWSERSTACK_KEY_GENERATION and
   * BROWSERSTACK_KEY_FINGERPRINT of the rotated account in its environment. When it fails, so does the deployment, and
   * the next one runs it again until it succeeds.
   */
  readonly command: string;

  /**
   * More environment variables. Those above cannot be given here.
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * Where to run it, relative to the directory of the synthesized stack.
   * @default - there
   */
  readonly workingDirectory?: string;

  /**
   * What runs it. With `NULL_RESOURCE` and a key that is not exported BROWSERSTACK_ACCESS_KEY is empty.
   * @default HookRunner.TERRAFORM_DATA
   */
  readonly runner?: HookRunner;
}

/** The key that a command is told about; tokens. */
export interface HookedKey extends Construct {
  readonly username: string;
  readonly generation: number;
  readonly keyFingerprint: string;
  readonly exportsAccessKey: boolean;
  readonly accessKey: string;
  /** Whether BrowserStack hides the key from whoever looks it up. */
  readonly _isHidden: boolean;
  ephemeralKey(): EphemeralAccessKey;
}

/** Adds a resource that is replaced, and so runs the command, whenever the key or the account changes. */
export function runAfterRotation(key: HookedKey, after: AfterRotation): void {
  const { runner = HookRunner.TERRAFORM_DATA } = after;
  if (runner === HookRunner.NULL_RESOURCE) withNullResource(key, after);
  else withTerraformData(key, after);
}

const ID = 'AfterRotation';

function withTerraformData(key: HookedKey, after: AfterRotation): void {
  const hook = named(
    new DataResource(key, ID, {
      triggersReplace: { account: key.username, key: key.keyFingerprint },
      provisioners: [provisioner(key, after, readableKey(key))],
    }),
  );
  // As version 0.1.0 made it. Without the move Terraform would ask for a provider that is no longer there.
  recordFormerType(hook, 'null_resource');
}

/** The key as a command may be told it: from an ephemeral block, where BrowserStack shows it. */
function readableKey(key: HookedKey): string {
  if (!key._isHidden) return key.ephemeralKey().accessKey;
  if (key.exportsAccessKey) return key.accessKey;
  throw new Error(
    `The command after a rotation of "${key.node.path}" cannot be told the key: with currentAccessKey BrowserStack hides it from whoever looks it up. Set exportAccessKey: true.`,
  );
}

function withNullResource(key: HookedKey, after: AfterRotation): void {
  const { Resource } = nullProviderPackage();
  implyProvider(key, { name: 'null', source: 'hashicorp/null' });
  named(
    new Resource(key, ID, {
      triggers: { account: key.username, key: key.keyFingerprint },
      provisioners: [provisioner(key, after, key.exportsAccessKey ? key.accessKey : '')],
    }),
  );
}

function provisioner(key: HookedKey, after: AfterRotation, accessKey: string) {
  const own = {
    BROWSERSTACK_USERNAME: key.username,
    // Set whatever happens: a variable that is not would be inherited, and it is the deployer's key that is called so.
    BROWSERSTACK_ACCESS_KEY: accessKey,
    BROWSERSTACK_KEY_GENERATION: Token.asString(key.generation),
    BROWSERSTACK_KEY_FINGERPRINT: key.keyFingerprint,
  };
  const taken = Object.keys(after.environment ?? {}).filter((name) => Object.hasOwn(own, name));
  if (taken.length > 0)
    throw new Error(
      `The command after a rotation of "${key.node.path}" always gets ${taken.join(', ')} of the rotated account: leave it out of environment.`,
    );
  return {
    type: 'local-exec' as const,
    command: literal(after.command),
    workingDir: after.workingDirectory && literal(after.workingDirectory),
    environment: { ...literals(after.environment ?? {}), ...own },
  };
}

/** Loaded only when asked for: whoever needs no null resource needs no such package. */
function nullProviderPackage() {
  try {
    const bindings: typeof import('@cdktf/provider-null/lib/resource') = require('@cdktf/provider-null/lib/resource');
    return bindings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error(
      'HookRunner.NULL_RESOURCE needs the bindings of the null provider: npm install @cdktf/provider-null',
    );
  }
}
