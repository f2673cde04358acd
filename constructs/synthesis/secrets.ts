// A secret as a token may still stand in clear in cdk.tf.json: as the default of a variable, or as the argument of a
// function; or be shown in plans, as a variable that is not sensitive.

import {
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';

/** Something outside of the program: a variable, a data source, another resource … */
const REFERENCE = /\b(?:var|data|local|module|ephemeral|each|self)\.|\b[a-z]\w*_\w+\.\w/u;

/** What is wrong with a token that stands for a secret, asked at synthesis. @param what Completes "The …". */
export function secretProblems(construct: IConstruct, what: string, secret: string): string[] {
  const stack = TerraformStack.of(construct);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const expression = String(Tokenization.resolve(secret, { scope: stack, resolver, preparing: false }));
  if (!REFERENCE.test(expression))
    return [
      `The ${what} is made of nothing but clear text, which stands in cdk.tf.json. Pass a sensitive TerraformVariable.`,
    ];
  const names = [...expression.matchAll(/\bvar\.([\w-]+)/gu)].map(([, name]) => name);
  return stack.node
    .findAll()
    .filter((one): one is TerraformVariable => one instanceof TerraformVariable)
    .filter(({ friendlyUniqueId }) => names.includes(friendlyUniqueId))
    .flatMap((variable) => variableProblems(what, variable));
}

function variableProblems(
  what: string,
  { friendlyUniqueId, sensitive, default: value }: TerraformVariable,
): string[] {
  const variable = `The variable "${friendlyUniqueId}" of the ${what}`;
  const problems: string[] = [];
  if (sensitive !== true)
    problems.push(`${variable} is not sensitive: Terraform would show it. Add sensitive: true.`);
  if (typeof value === 'string' && value !== '' && !Token.isUnresolved(value))
    problems.push(
      `${variable} has a default in clear, which stands in cdk.tf.json. Set it from the environment (TF_VAR_${friendlyUniqueId}).`,
    );
  return problems;
}

/** What a secret is called in an environment. */
const SECRET_NAME = /(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?)$/iu;

/** What is wrong with the secrets of an environment, by their names. */
export function environmentProblems(
  construct: IConstruct,
  environment: { readonly [name: string]: string },
): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => SECRET_NAME.test(name) && value !== '')
    .flatMap(([name, value]) =>
      Token.isUnresolved(value)
        ? secretProblems(construct, `environment variable ${name}`, value)
        : [
            `The environment variable ${name} is given in clear, which stands in cdk.tf.json. Pass a sensitive TerraformVariable, or leave it out: the command inherits Terraform's environment.`,
          ],
    );
}
