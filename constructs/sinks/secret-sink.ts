import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** A credential on its way: user name and key together. All of it are tokens. */
export interface DeliveredCredential {
  /** User name of the account. */
  readonly username: string;

  /** The key, from an ephemeral block: only for write-only arguments and the environment of provisioners. */
  readonly accessKey: string;

  /** A number that is another one for another user name or key: for the version of a write-only argument. */
  readonly keyVersion: number;

  /** Tells whether two keys are the same. */
  readonly keyFingerprint: string;

  /** Counts the keys seen, from 1. */
  readonly generation: number;

  /**
   * The key as it stands in the state, for targets that have no write-only argument.
   * @default - the key is not exported
   */
  readonly exportedAccessKey?: string;
}

/** What a sink has made to take a credential. */
export interface SinkBinding {
  /** What writes the target. Replacing it writes again: it is what a failed delivery is mended by. */
  readonly writer: TerraformResource;

  /**
   * What the target holds now: an attribute of an ephemeral block that refers to an attribute of `writer` which is not
   * known while that is new, so that it is read after it was written. A JSON object with both halves, or the bare key.
   * @default - it cannot be read back without a trace
   */
  readonly stored?: string;

  /**
   * Field of the JSON object that holds the user name.
   * @default "username"
   */
  readonly usernameField?: string;

  /**
   * Field of the JSON object that holds the key.
   * @default "access_key"
   */
  readonly accessKeyField?: string;

  /**
   * Why it cannot be read back, and what proves the delivery instead: a sentence.
   * @default - nothing is said
   */
  readonly unverifiedBecause?: string;

  /**
   * Whether the key stands in the state of `writer`.
   * @default false
   */
  readonly keepsKeyInState?: boolean;
}

/**
 * A place that credentials are delivered to. To write one of your own, make what takes the credential in `bind`, and say
 * how it can be read back.
 */
export interface ISecretSink {
  /** What people call it, e.g. "vault: secret/browserstack/payments/ci"; it is delivered to once only. */
  readonly target: string;

  /** Makes, in `scope`, what takes the credential. */
  bind(scope: Construct, credential: DeliveredCredential): SinkBinding;
}

/** What all secret stores take. */
export interface SecretStoreProps {
  /**
   * Field that holds the user name.
   * @default "username"
   */
  readonly usernameField?: string;

  /**
   * Field that holds the key.
   * @default "access_key"
   */
  readonly accessKeyField?: string;
}
