import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { literal } from '../synthesis/literal';
import type { DeliveredCredential, ISecretSink, SecretStoreProps, SinkBinding } from './secret-sink';
import { fieldsOf } from './secret-store';
import { WrittenResource } from './written-resource';

export interface KubernetesSecretsProps extends SecretStoreProps {
  /**
   * Namespace of the secrets.
   * @default "default"
   */
  readonly namespace?: string;

  /**
   * The provider hashicorp/kubernetes.
   * @default - the default one of the stack, which the environment configures when nothing else does (KUBE_CONFIG_PATH …)
   */
  readonly provider?: TerraformProvider;
}

/** Secrets of a Kubernetes cluster. Its provider has no ephemeral block that would read them back. */
export class KubernetesSecrets {
  private readonly props: KubernetesSecretsProps;

  constructor(props: KubernetesSecretsProps) {
    this.props = props;
  }

  /** The secret of this name, made if there is none. */
  public secret(name: string): ISecretSink {
    return new KubernetesSink(name, this.props);
  }
}

class KubernetesSink implements ISecretSink {
  public readonly target: string;
  private readonly name: string;
  private readonly namespace: string;
  private readonly fields: Required<SecretStoreProps>;
  private readonly provider?: TerraformProvider;

  constructor(name: string, props: KubernetesSecretsProps) {
    const {
      namespace = 'default',
      usernameField = 'username',
      accessKeyField = 'access_key',
      provider,
    } = props;
    this.target = `kubernetes: ${namespace}/${name}`;
    this.name = name;
    this.namespace = namespace;
    this.fields = fieldsOf(usernameField, accessKeyField);
    this.provider = provider;
  }

  public bind(scope: Construct, { username, accessKey, keyVersion }: DeliveredCredential): SinkBinding {
    const { usernameField, accessKeyField } = this.fields;
    const writer = new WrittenResource(scope, 'Resource', {
      type: 'kubernetes_secret_v1',
      provider: this.provider ?? { name: 'kubernetes', source: 'hashicorp/kubernetes' },
      attributes: {
        data_wo: { [usernameField]: username, [accessKeyField]: accessKey },
        data_wo_revision: keyVersion,
      },
      blocks: { metadata: { name: literal(this.name), namespace: literal(this.namespace) } },
    });
    return {
      writer,
      unverifiedBecause:
        'The provider of Kubernetes has no ephemeral resource that reads a secret back: that the write was not refused is all that is known.',
    };
  }
}
