import { DataResource } from 'cdktf';
import type { Construct } from 'constructs';
import { commandProvisioner } from '../delivery/command-provisioner';
import { named } from '../synthesis/address';
import { literal, literals } from '../synthesis/literal';
import type { DeliveredCredential, ISecretSink, SinkBinding } from './secret-sink';

export interface CommandSinkProps {
  /** What people call the target: "GitHub Actions". */
  readonly name: string;

  /**
   * A shell command. It finds BROWSERSTACK_USERNAME and BROWSERSTACK_ACCESS_KEY of the account, and the parameters, in
   * its environment. When it fails, so does the deployment, and the next one runs it again until it succeeds.
   */
  readonly command: string;

  /**
   * Environment variables that say where the credential goes. Another value runs the command again.
   * @default - none
   */
  readonly parameters?: { readonly [name: string]: string };

  /**
   * More environment variables, such as a token from a sensitive variable. Another value runs nothing.
   * @default - none
   */
  readonly environment?: { readonly [name: string]: string };

  /**
   * Where to run it, relative to the directory of the synthesized stack.
   * @default - there
   */
  readonly workingDirectory?: string;
}

/** A command that is run with a credential in its environment, whenever the account or its key changes. */
export class CommandSink implements ISecretSink {
  public readonly target: string;
  private readonly props: CommandSinkProps;

  constructor(props: CommandSinkProps) {
    const values = Object.values(props.parameters ?? {});
    this.target = values.length === 0 ? props.name : `${props.name}: ${values.join(', ')}`;
    this.props = props;
  }

  /** The same command for another place: these parameters are added. */
  public with(parameters: { readonly [name: string]: string }): CommandSink {
    return new CommandSink({ ...this.props, parameters: { ...this.props.parameters, ...parameters } });
  }

  public bind(scope: Construct, credential: DeliveredCredential): SinkBinding {
    const { command, parameters = {}, environment, workingDirectory } = this.props;
    const writer = named(
      new DataResource(scope, 'Resource', {
        triggersReplace: {
          account: credential.username,
          key: credential.keyFingerprint,
          command: literal(command),
          ...literals(parameters),
        },
        provisioners: [
          commandProvisioner(scope, `The command of "${scope.node.path}"`, {
            command,
            environment,
            parameters,
            workingDirectory,
            credential,
          }),
        ],
      }),
    );
    return {
      writer,
      unverifiedBecause:
        'A command writes it: that it ended with 0 is all that is known. One that fails runs again in the next deployment.',
    };
  }
}
