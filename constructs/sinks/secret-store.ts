// Secret stores that Terraform writes without keeping the secret: a write-only argument with a version beside it, read
// back by an ephemeral block of the same provider.

import { Fn, type TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { EphemeralResource } from '../delivery/ephemeral-resource';
import type { ImpliedProviderProps } from '../synthesis/implied-provider';
import type { DeliveredCredential, ISecretSink, SecretStoreProps, SinkBinding } from './secret-sink';
import { WrittenResource } from './written-resource';

/** What one entry of a store is, in the words of its provider. */
export interface StoreEntry {
  readonly target: string;
  readonly type: string;
  readonly provider: TerraformProvider | ImpliedProviderProps;
  /** Which entry it is. */
  readonly attributes: { readonly [name: string]: unknown };
  /** The write-only argument that takes the secret as a text, and the argument that says when it is another one. */
  readonly secret: string;
  readonly version: string;
  /** Writes the new entry before the old one goes, where an entry is replaced. */
  readonly createFirst?: boolean;
  readonly readBack: ReadBack;
}

/** The ephemeral block that reads an entry back. */
export interface ReadBack {
  /** Its arguments; `written` gives an attribute of the resource that writes. */
  readonly attributes: (written: (attribute: string) => string) => { readonly [name: string]: unknown };
  /** The attribute with the secret. */
  readonly secret: string;
}

const FIELD = /^[A-Za-z_][\w.-]*$/u;

/** One entry of a secret store. */
export class SecretStoreSink implements ISecretSink {
  public readonly target: string;
  private readonly entry: StoreEntry;
  private readonly fields: Required<SecretStoreProps>;

  constructor(
    entry: StoreEntry,
    { usernameField = 'username', accessKeyField = 'access_key' }: SecretStoreProps,
  ) {
    this.target = entry.target;
    this.entry = entry;
    this.fields = fieldsOf(usernameField, accessKeyField);
  }

  public bind(scope: Construct, { username, accessKey, keyVersion }: DeliveredCredential): SinkBinding {
    const { type, provider, attributes, secret, version, createFirst, readBack } = this.entry;
    const { usernameField, accessKeyField } = this.fields;
    const writer = new WrittenResource(scope, 'Resource', {
      type,
      provider,
      lifecycle: createFirst ? { createBeforeDestroy: true } : undefined,
      attributes: {
        ...attributes,
        [secret]: Fn.jsonencode({ [usernameField]: username, [accessKeyField]: accessKey }),
        [version]: keyVersion,
      },
    });
    const stored = new EphemeralResource(scope, 'Stored', {
      type,
      provider: 'node' in provider ? provider : undefined,
      attributes: readBack.attributes((attribute) => writer.getStringAttribute(attribute)),
    });
    return { writer, stored: stored.stringAttribute(readBack.secret), ...this.fields };
  }
}

/** @throws when a field could be anything but a name: it stands inside an expression */
export function fieldsOf(usernameField: string, accessKeyField: string): Required<SecretStoreProps> {
  for (const field of [usernameField, accessKeyField])
    if (!FIELD.test(field))
      throw new Error(`"${field}" cannot be the field of a secret: use letters, digits and _ . -`);
  if (usernameField === accessKeyField)
    throw new Error(`Both halves of a credential would stand in "${usernameField}".`);
  return { usernameField, accessKeyField };
}
