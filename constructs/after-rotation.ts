import type { Construct } from 'constructs';
import { named } from './address';
import { literal, literals } from './literal';

export interface AfterRotation {
  /**
   * A shell command. It finds BROWSERSTACK_USERNAME, BROWSERSTACK_KEY_GENERATION and BROWSERSTACK_KEY_FINGERPRINT in its
   * environment, and BROWSERSTACK_ACCESS_KEY if the key is exported.
   */
  readonly command: string;

  /**
   * More environment variables.
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * Where to run it, relative to the directory of the synthesized stack.
   * @default - there
   */
  readonly workingDirectory?: string;
}

/** The key that a command is told about; tokens. */
export interface RotatedKey {
  readonly username: string;
  readonly generation: string;
  readonly keyFingerprint: string;
  readonly accessKey?: string;
}

/** Adds a null resource that is replaced, and so runs the command, whenever the generation or the account changes. */
export function runAfterRotation(scope: Construct, after: AfterRotation, key: RotatedKey): void {
  const { NullProvider, Resource } = nullProviderPackage();
  // Always with an alias: the stack may have, or get, a null provider of its own.
  const provider = named(new NullProvider(scope, 'NullProvider'));
  provider.alias = provider.friendlyUniqueId;
  named(
    new Resource(scope, 'AfterRotation', {
      provider,
      triggers: { account: key.username, generation: key.generation },
      provisioners: [
        {
          type: 'local-exec',
          command: literal(after.command),
          workingDir: after.workingDirectory && literal(after.workingDirectory),
          environment: {
            ...literals(after.environment ?? {}),
            BROWSERSTACK_USERNAME: key.username,
            BROWSERSTACK_KEY_GENERATION: key.generation,
            BROWSERSTACK_KEY_FINGERPRINT: key.keyFingerprint,
            ...(key.accessKey === undefined ? {} : { BROWSERSTACK_ACCESS_KEY: key.accessKey }),
          },
        },
      ],
    }),
  );
}

/** Loaded only when asked for: whoever needs no command needs no such package. */
function nullProviderPackage() {
  try {
    const {
      NullProvider,
    }: typeof import('@cdktf/provider-null/lib/provider') = require('@cdktf/provider-null/lib/provider');
    const {
      Resource,
    }: typeof import('@cdktf/provider-null/lib/resource') = require('@cdktf/provider-null/lib/resource');
    return { NullProvider, Resource };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error(
      'afterRotation needs the bindings of the null provider: npm install @cdktf/provider-null',
    );
  }
}
