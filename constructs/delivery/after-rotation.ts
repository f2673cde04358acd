// A command of the user's after each rotation. Whatever runs it, it never finds the deployer's key where it looks for the
// new one.

import { DataResource } from 'cdktf';
import type { Construct } from 'constructs';
import { named } from '../synthesis/address';
import { implyProvider } from '../synthesis/implied-provider';
import { recordFormerType } from '../synthesis/moved';
import { TOOLKIT } from '../toolkit';
import { commandProvisioner } from './command-provisioner';

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

/** The key that a command is told about. */
export interface HookedKey extends Construct {
  readonly username: string;
  readonly keyFingerprint: string;
  readonly generation: number;
  /** Only if it is exported. */
  readonly _exportedAccessKey?: string;
  /** As it may be told without a trace. @throws where that cannot be */
  _readableAccessKey(): string;
}

const ID = 'AfterRotation';

/** Adds a resource that is replaced, and so runs the command, whenever the key or the account changes. */
export function runAfterRotation(key: HookedKey, after: AfterRotation): void {
  const { runner = HookRunner.TERRAFORM_DATA } = after;
  if (runner === HookRunner.NULL_RESOURCE) withNullResource(key, after);
  else withTerraformData(key, after);
}

function withTerraformData(key: HookedKey, after: AfterRotation): void {
  const hook = named(
    new DataResource(key, ID, {
      triggersReplace: { account: key.username, key: key.keyFingerprint },
      provisioners: [provisioner(key, after, key._readableAccessKey())],
    }),
  );
  // As version 0.1.0 made it. Without the move Terraform would ask for a provider that is no longer there.
  recordFormerType(hook, 'null_resource');
}

function withNullResource(key: HookedKey, after: AfterRotation): void {
  const { Resource } = nullProviderPackage();
  implyProvider(key, { name: 'null', source: 'hashicorp/null' });
  named(
    new Resource(key, ID, {
      triggers: { account: key.username, key: key.keyFingerprint },
      provisioners: [provisioner(key, after, key._exportedAccessKey ?? '')],
    }),
  );
}

function provisioner(key: HookedKey, after: AfterRotation, accessKey: string) {
  const { username, generation, keyFingerprint } = key;
  return commandProvisioner(key, `The command after a rotation of "${key.node.path}"`, {
    ...after,
    credential: { username, accessKey, generation, keyFingerprint },
  });
}

/** Loaded only when asked for: whoever needs no null resource needs no such package. */
function nullProviderPackage() {
  try {
    const bindings: typeof import('@cdktf/provider-null/lib/resource') = require('@cdktf/provider-null/lib/resource');
    return bindings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error(
      `HookRunner.NULL_RESOURCE needs the bindings of the null provider: npm install @${TOOLKIT}/provider-null`,
    );
  }
}
