// CI systems, none of which has a write-only argument in its Terraform provider: commands of their own tools. No secret
// stands in an argument, where other users of the machine could read it.

import { Token } from 'cdktf';
import { literal } from '../synthesis/literal';
import { CommandSink } from './command';
import type { ISecretSink } from './secret-sink';

export interface CiVariablesProps {
  /**
   * Name of the secret that holds the user name.
   * @default "BROWSERSTACK_USERNAME"
   */
  readonly usernameVariable?: string;

  /**
   * Name of the secret that holds the key.
   * @default "BROWSERSTACK_ACCESS_KEY"
   */
  readonly accessKeyVariable?: string;

  /**
   * More environment variables for the tool, such as its token from a sensitive variable.
   * @default - it finds its token in the environment of Terraform
   */
  readonly environment?: { readonly [name: string]: string };
}

/** Secrets of GitHub Actions, written by `gh` (GitHub's command line), which finds GH_TOKEN in its environment. */
export class GithubActionsSecrets {
  private readonly sink: CommandSink;

  constructor(props: CiVariablesProps) {
    this.sink = both('GitHub Actions', props, (name) => `gh secret set ${name} $GH_WHERE`);
  }

  /** Secrets of a repository: "acme/payments". */
  public repository(repository: string): ISecretSink {
    return this.sink.with({ GH_WHERE: `--repo=${word(repository)}` });
  }

  /** Secrets of an environment of a repository. */
  public environment(repository: string, environment: string): ISecretSink {
    return this.sink.with({ GH_WHERE: `--repo=${word(repository)} --env=${word(environment)}` });
  }

  /** Secrets of an organization. */
  public organization(organization: string): ISecretSink {
    return this.sink.with({ GH_WHERE: `--org=${word(organization)}` });
  }
}

/** Masked variables of GitLab CI, written by `glab` (GitLab's command line), which finds GITLAB_TOKEN in its environment. */
export class GitlabVariables {
  private readonly sink: CommandSink;

  constructor(props: CiVariablesProps) {
    const write = (verb: string, name: string) => `glab variable ${verb} ${name} $GLAB_WHERE --masked --raw`;
    this.sink = both('GitLab', props, (name) => `glab_write ${name}`, [
      // It has no verb for "whether there is one or not".
      `glab_write() { value=$(cat); printf %s "$value" | ${write('update', '"$1"')} || printf %s "$value" | ${write('set', '"$1"')}; }`,
    ]);
  }

  /** Variables of a project: "acme/payments". */
  public project(project: string): ISecretSink {
    return this.sink.with({ GLAB_WHERE: `--repo=${word(project)}` });
  }

  /** Variables of a group. */
  public group(group: string): ISecretSink {
    return this.sink.with({ GLAB_WHERE: `--group=${word(group)}` });
  }
}

/** Credentials of Jenkins (user name with password), written over HTTP with JENKINS_URL, JENKINS_USER and JENKINS_TOKEN. */
export class JenkinsCredentials {
  private readonly sink: CommandSink;

  constructor(props: JenkinsCredentialsProps) {
    this.sink = new CommandSink({
      name: 'Jenkins',
      environment: props.environment,
      parameters: { JENKINS_STORE: props.store ?? 'credentials/store/system/domain/_' },
      command: JENKINS,
    });
  }

  /** The credential of this id, which a Jenkinsfile binds. It must exist. */
  public credential(id: string): ISecretSink {
    return this.sink.with({ JENKINS_CREDENTIAL: word(id) });
  }
}

export interface JenkinsCredentialsProps {
  /**
   * Path of the store below the address of Jenkins.
   * @default "credentials/store/system/domain/_"
   */
  readonly store?: string;

  /**
   * More environment variables for the command, such as JENKINS_TOKEN from a sensitive variable.
   * @default - it finds JENKINS_URL, JENKINS_USER and JENKINS_TOKEN in the environment of Terraform
   */
  readonly environment?: { readonly [name: string]: string };
}

/** What a shell takes as one word and XML as text; a token is what Terraform makes of it. */
function word(text: string): string {
  if (Token.isUnresolved(literal(text)) || /^[\w./-]+$/u.test(text)) return text;
  throw new Error(`"${text}" cannot be the name of a target: use letters, digits and _ . / -`);
}

/** Both halves, one after the other, each through standard input. */
function both(
  name: string,
  {
    usernameVariable = 'BROWSERSTACK_USERNAME',
    accessKeyVariable = 'BROWSERSTACK_ACCESS_KEY',
    environment,
  }: CiVariablesProps,
  write: (variable: string) => string,
  before: readonly string[] = [],
): CommandSink {
  for (const variable of [usernameVariable, accessKeyVariable])
    if (!/^[A-Za-z_]\w*$/u.test(variable)) throw new Error(`"${variable}" cannot be the name of a variable.`);
  const lines = [
    'set -eu',
    ...before,
    `printf %s "$BROWSERSTACK_ACCESS_KEY" | ${write(accessKeyVariable)}`,
    `printf %s "$BROWSERSTACK_USERNAME" | ${write(usernameVariable)}`,
  ];
  return new CommandSink({ name, command: lines.join('\n'), environment });
}

/** The document is a whole credential, so both halves change at once. */
const JENKINS = `set -eu
curl --fail --silent --show-error --config - <<END
url = "$JENKINS_URL/$JENKINS_STORE/credential/$JENKINS_CREDENTIAL/config.xml"
user = "$JENKINS_USER:$JENKINS_TOKEN"
request = "POST"
header = "Content-Type: application/xml"
data = "<com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl><scope>GLOBAL</scope><id>$JENKINS_CREDENTIAL</id><username>$BROWSERSTACK_USERNAME</username><password>$BROWSERSTACK_ACCESS_KEY</password></com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>"
END`;
