import { Fn, type TerraformProvider } from 'cdktf';
import { literal } from '../synthesis/literal';
import type { ISecretSink, SecretStoreProps } from './secret-sink';
import { SecretStoreSink } from './secret-store';

export interface VaultKv2Props extends SecretStoreProps {
  /** Mount path of the engine, without slashes at its ends. */
  readonly mount: string;

  /**
   * The provider hashicorp/vault.
   * @default - the default one of the stack, which the environment configures when nothing else does (VAULT_ADDR …)
   */
  readonly provider?: TerraformProvider;
}

/** The key/value engine, version 2, of Vault or OpenBao. */
export class VaultKv2 {
  private readonly props: VaultKv2Props;

  constructor(props: VaultKv2Props) {
    this.props = props;
  }

  /** The secret at a path below the mount. */
  public path(path: string): ISecretSink {
    const mount = literal(this.props.mount);
    const name = literal(path);
    return new SecretStoreSink(
      {
        target: `vault: ${this.props.mount}/${path}`,
        type: 'vault_kv_secret_v2',
        provider: this.props.provider ?? { name: 'vault', source: 'hashicorp/vault' },
        attributes: { mount, name },
        secret: 'data_json_wo',
        version: 'data_json_wo_version',
        readBack: {
          attributes: (written) => ({
            mount: Fn.trimsuffix(written('path'), `/data/${name}`),
            name: written('name'),
          }),
          secret: 'data_json',
        },
      },
      this.props,
    );
  }
}

export interface AwsStoreProps extends SecretStoreProps {
  /**
   * The provider hashicorp/aws.
   * @default - the default one of the stack, which the environment configures when nothing else does (AWS_REGION …)
   */
  readonly provider?: TerraformProvider;
}

/** AWS Secrets Manager. */
export class AwsSecretsManager {
  private readonly props: AwsStoreProps;

  constructor(props: AwsStoreProps) {
    this.props = props;
  }

  /** A secret that exists, by its ARN or name: a text, or the attribute of one that this stack makes. */
  public secret(secretId: string): ISecretSink {
    return new SecretStoreSink(
      {
        target: `aws secrets manager: ${secretId}`,
        type: 'aws_secretsmanager_secret_version',
        provider: this.props.provider ?? { name: 'aws', source: 'hashicorp/aws' },
        attributes: { secret_id: literal(secretId) },
        secret: 'secret_string_wo',
        version: 'secret_string_wo_version',
        createFirst: true,
        readBack: { attributes: (written) => ({ secret_id: written('arn') }), secret: 'secret_string' },
      },
      this.props,
    );
  }
}

export interface AwsSsmProps extends AwsStoreProps {
  /**
   * The KMS key to encrypt with.
   * @default - the one of the account
   */
  readonly keyId?: string;
}

/** Parameters of AWS Systems Manager, as SecureString. */
export class AwsSsm {
  private readonly props: AwsSsmProps;

  constructor(props: AwsSsmProps) {
    this.props = props;
  }

  /** The parameter of this name, made if there is none. */
  public parameter(name: string): ISecretSink {
    const { provider, keyId } = this.props;
    return new SecretStoreSink(
      {
        target: `aws ssm: ${name}`,
        type: 'aws_ssm_parameter',
        provider: provider ?? { name: 'aws', source: 'hashicorp/aws' },
        attributes: { name: literal(name), type: 'SecureString', key_id: keyId && literal(keyId) },
        secret: 'value_wo',
        version: 'value_wo_version',
        readBack: { attributes: (written) => ({ arn: written('arn') }), secret: 'value' },
      },
      this.props,
    );
  }
}

export interface GoogleSecretManagerProps extends SecretStoreProps {
  /**
   * The provider hashicorp/google.
   * @default - the default one of the stack, which the environment configures when nothing else does
   */
  readonly provider?: TerraformProvider;
}

/** Google Secret Manager. */
export class GoogleSecretManager {
  private readonly props: GoogleSecretManagerProps;

  constructor(props: GoogleSecretManagerProps) {
    this.props = props;
  }

  /** A secret that exists: "projects/PROJECT/secrets/SECRET", or the `id` of one that this stack makes. */
  public secret(secret: string): ISecretSink {
    return new SecretStoreSink(
      {
        target: `google secret manager: ${secret}`,
        type: 'google_secret_manager_secret_version',
        provider: this.props.provider ?? { name: 'google', source: 'hashicorp/google' },
        attributes: { secret: literal(secret) },
        secret: 'secret_data_wo',
        version: 'secret_data_wo_version',
        createFirst: true,
        readBack: {
          // The latest version, which consumers read: not the one that was written last.
          attributes: (written) => ({ secret: Fn.element(Fn.split('/versions/', written('name')), 0) }),
          secret: 'secret_data',
        },
      },
      this.props,
    );
  }
}

export interface AzureKeyVaultProps extends SecretStoreProps {
  /** Id of the vault: a text, or the attribute of one that this stack makes. */
  readonly keyVaultId: string;

  /**
   * The provider hashicorp/azurerm.
   * @default - the default one of the stack, which the environment configures when nothing else does (ARM_SUBSCRIPTION_ID …)
   */
  readonly provider?: TerraformProvider;
}

/** Azure Key Vault. */
export class AzureKeyVault {
  private readonly props: AzureKeyVaultProps;

  constructor(props: AzureKeyVaultProps) {
    this.props = props;
  }

  /** The secret of this name: letters, digits and dashes. */
  public secret(name: string): ISecretSink {
    const { keyVaultId, provider } = this.props;
    return new SecretStoreSink(
      {
        target: `azure key vault: ${name}`,
        type: 'azurerm_key_vault_secret',
        // This provider insists on a block.
        provider: provider ?? { name: 'azurerm', source: 'hashicorp/azurerm', block: { features: [{}] } },
        attributes: { name: literal(name), key_vault_id: literal(keyVaultId) },
        secret: 'value_wo',
        version: 'value_wo_version',
        readBack: {
          attributes: (written) => ({
            // https://VAULT/secrets/NAME
            name: Fn.element(Fn.split('/secrets/', written('versionless_id')), 1),
            key_vault_id: written('key_vault_id'),
          }),
          secret: 'value',
        },
      },
      this.props,
    );
  }
}
