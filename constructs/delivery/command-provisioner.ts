// A shell command that Terraform runs with a credential in its environment. The deployer's own key stands in Terraform's
// environment under the same name: no command may ever take it for the credential.

import { type LocalExecProvisioner, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { literal, literals } from '../synthesis/literal';
import { environmentProblems } from '../synthesis/secrets';

export interface Command {
  readonly command: string;
  readonly environment?: { readonly [name: string]: string };
  /** More of it, that says where the credential goes: no secrets. */
  readonly parameters?: { readonly [name: string]: string };
  readonly workingDirectory?: string;
  readonly credential: {
    readonly username: string;
    readonly accessKey: string;
    readonly generation: number;
    readonly keyFingerprint: string;
  };
}

/**
 * @param scope Whose command it is; a secret in clear in its environment stops the synthesis.
 * @param what The same for messages.
 */
export function commandProvisioner(
  scope: IConstruct,
  what: string,
  { credential, ...given }: Command,
): LocalExecProvisioner {
  const own = {
    BROWSERSTACK_USERNAME: credential.username,
    // Set whatever happens: a variable that is not would be inherited.
    BROWSERSTACK_ACCESS_KEY: credential.accessKey,
    BROWSERSTACK_KEY_GENERATION: Token.asString(credential.generation),
    BROWSERSTACK_KEY_FINGERPRINT: credential.keyFingerprint,
  };
  const { command, environment = {}, parameters = {}, workingDirectory } = given;
  const taken = Object.keys({ ...environment, ...parameters }).filter((name) => Object.hasOwn(own, name));
  if (taken.length > 0)
    throw new Error(
      `${what} always gets ${taken.join(', ')} of the account: leave it out of its environment.`,
    );
  scope.node.addValidation({ validate: () => environmentProblems(scope, environment) });
  return {
    type: 'local-exec',
    command: literal(command),
    workingDir: workingDirectory && literal(workingDirectory),
    environment: { ...literals({ ...environment, ...parameters }), ...own },
  };
}
