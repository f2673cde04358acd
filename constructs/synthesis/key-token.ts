import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { secretProblems } from './secrets';

/**
 * A key that a construct was given.
 * @throws when it is a key in clear, which would stand in cdk.tf.json; the key is not in the message
 */
export function keyToken(construct: IConstruct, accessKey: string): string {
  if (!Token.isUnresolved(accessKey))
    throw new Error(
      `The access key given to "${construct.node.path}" would stand in clear in cdk.tf.json. Pass a sensitive TerraformVariable or another token; the provider's own key can come from BROWSERSTACK_ACCESS_KEY where Terraform runs.`,
    );
  construct.node.addValidation({ validate: () => secretProblems(construct, 'access key', accessKey) });
  return accessKey;
}
