import { Fn, type TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { literal } from '../synthesis/literal';
import type { DeliveredCredential, ISecretSink, SecretStoreProps, SinkBinding } from './secret-sink';
import { fieldsOf } from './secret-store';
import { WrittenResource } from './written-resource';

export interface ResourceSinkProps extends SecretStoreProps {
  /** What people call the target. */
  readonly target: string;

  /** Type of the resource, e.g. `github_actions_secret`. */
  readonly type: string;

  /** Its other arguments, by the names that Terraform knows. */
  readonly attributes: { readonly [name: string]: unknown };

  /**
   * The argument that takes the credential, as a JSON document with both halves. One whose name does not end in `_wo` is
   * not write-only: then the key stands in the state, which must be allowed, and it must be exported.
   */
  readonly secretArgument: string;

  /**
   * The argument that says when it is another credential, for a write-only one.
   * @default - none
   */
  readonly versionArgument?: string;

  /** The provider of the resource. */
  readonly provider: TerraformProvider;
}

/** Any resource of any provider. */
export class ResourceSink implements ISecretSink {
  public readonly target: string;
  private readonly props: ResourceSinkProps;
  private readonly fields: Required<SecretStoreProps>;

  constructor(props: ResourceSinkProps) {
    this.target = props.target;
    this.props = props;
    this.fields = fieldsOf(props.usernameField ?? 'username', props.accessKeyField ?? 'access_key');
  }

  public bind(scope: Construct, credential: DeliveredCredential): SinkBinding {
    const { type, attributes, secretArgument, versionArgument, provider } = this.props;
    const writeOnly = secretArgument.endsWith('_wo');
    const { usernameField, accessKeyField } = this.fields;
    const accessKey = writeOnly ? credential.accessKey : exported(credential, scope);
    const texts = Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? literal(value) : value,
    ]);
    const writer = new WrittenResource(scope, 'Resource', {
      type,
      provider,
      attributes: {
        ...Object.fromEntries(texts),
        [secretArgument]: Fn.jsonencode({
          [usernameField]: credential.username,
          [accessKeyField]: accessKey,
        }),
        ...(versionArgument && { [versionArgument]: credential.keyVersion }),
      },
    });
    return {
      writer,
      keepsKeyInState: !writeOnly,
      unverifiedBecause: `Nobody said how ${type} is read back: that the write was not refused is all that is known.`,
    };
  }
}

function exported({ exportedAccessKey }: DeliveredCredential, { node: { path } }: Construct): string {
  if (exportedAccessKey !== undefined) return exportedAccessKey;
  throw new Error(
    `"${path}" takes a key from the state, where it does not stand: set exportAccessKey: true.`,
  );
}
