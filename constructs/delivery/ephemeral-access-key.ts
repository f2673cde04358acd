import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { EphemeralResource } from './ephemeral-resource';

export interface EphemeralAccessKeyProps {
  /** User name of the service account. */
  readonly username: string;

  /**
   * Fingerprint of the key that is expected. Terraform does not know it before a rotation, and so reads the key after it.
   * @default - whatever key there is
   */
  readonly expectedFingerprint?: string;

  /**
   * Whose account it is.
   * @default - the default one of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * The current access key of a service account, for one run: it stands in no state and in no plan. Reads, never rotates.
 */
export class EphemeralAccessKey extends EphemeralResource {
  constructor(scope: Construct, id: string, props: EphemeralAccessKeyProps) {
    const { username, expectedFingerprint, provider } = props;
    super(scope, id, {
      type: 'browserstack_access_key',
      attributes: { username, expected_fingerprint: expectedFingerprint },
      provider,
    });
  }

  /** User name of the service account. */
  public get username(): string {
    return this.stringAttribute('username');
  }

  /** The key, as a token for places where Terraform keeps nothing. */
  public get accessKey(): string {
    return this.stringAttribute('access_key');
  }

  /** Tells whether two keys are the same, and nothing else about them. */
  public get keyFingerprint(): string {
    return this.stringAttribute('key_fingerprint');
  }
}
