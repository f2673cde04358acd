import { CommandSink, type CommandSinkProps } from './command';
import { KubernetesSecrets, type KubernetesSecretsProps } from './kubernetes';
import {
  type CiVariablesProps,
  GithubActionsSecrets,
  GitlabVariables,
  JenkinsCredentials,
  type JenkinsCredentialsProps,
} from './pipelines';
import { ResourceSink, type ResourceSinkProps } from './resource';
import {
  AwsSecretsManager,
  AwsSsm,
  type AwsSsmProps,
  type AwsStoreProps,
  AzureKeyVault,
  type AzureKeyVaultProps,
  GoogleSecretManager,
  type GoogleSecretManagerProps,
  VaultKv2,
  type VaultKv2Props,
} from './stores';

/** Where credentials can be delivered to. For anything else implement `ISecretSink`. */
export class SecretSink {
  /** The key/value engine, version 2, of Vault or OpenBao. Read back. */
  public static vaultKv2(props: VaultKv2Props): VaultKv2 {
    return new VaultKv2(props);
  }

  /** AWS Secrets Manager. Read back. */
  public static awsSecretsManager(props: AwsStoreProps = {}): AwsSecretsManager {
    return new AwsSecretsManager(props);
  }

  /** Parameters of AWS Systems Manager. Read back. */
  public static awsSsm(props: AwsSsmProps = {}): AwsSsm {
    return new AwsSsm(props);
  }

  /** Google Secret Manager. Read back. */
  public static googleSecretManager(props: GoogleSecretManagerProps = {}): GoogleSecretManager {
    return new GoogleSecretManager(props);
  }

  /** Azure Key Vault. Read back. */
  public static azureKeyVault(props: AzureKeyVaultProps): AzureKeyVault {
    return new AzureKeyVault(props);
  }

  /** Secrets of a Kubernetes cluster. */
  public static kubernetes(props: KubernetesSecretsProps = {}): KubernetesSecrets {
    return new KubernetesSecrets(props);
  }

  /** Secrets of GitHub Actions, by `gh`. */
  public static githubActions(props: CiVariablesProps = {}): GithubActionsSecrets {
    return new GithubActionsSecrets(props);
  }

  /** Masked variables of GitLab CI, by `glab`. */
  public static gitlab(props: CiVariablesProps = {}): GitlabVariables {
    return new GitlabVariables(props);
  }

  /** Credentials of Jenkins, by `curl`. */
  public static jenkins(props: JenkinsCredentialsProps = {}): JenkinsCredentials {
    return new JenkinsCredentials(props);
  }

  /** Any command. */
  public static command(props: CommandSinkProps): CommandSink {
    return new CommandSink(props);
  }

  /** Any resource of any provider. */
  public static resource(props: ResourceSinkProps): ResourceSink {
    return new ResourceSink(props);
  }

  private constructor() {}
}
