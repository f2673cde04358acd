import { Problem } from '../../errors.ts';
import { attribute, type ReplaceIfContext, type Validator } from '../../schema/attribute.ts';
import { defineSchema, type PlannedOf, type StateOf } from '../../schema/schema.ts';
import { lengthBetween, matching, oneOf } from '../../schema/validators.ts';
import { sameEmail } from '../organization/index.ts';
import { GRANTABLE } from './products.ts';

const emailRules = [
  lengthBetween(3, 254),
  matching(/^[^\s@,]+@[^\s@,]+$/u, 'be one e-mail address, like name@example.com'),
];

const known: Validator<readonly string[]> = (products, path) => {
  const grantable: readonly string[] = GRANTABLE;
  const odd = products.filter((product) => !grantable.includes(product));
  if (odd.length === 0) return undefined;
  return new Problem({
    code: 'invalid_input',
    summary: 'Access cannot be granted to this product',
    detail: `The API grants ${GRANTABLE.join(', ')}, not ${odd.join(', ')}.`,
    path,
  });
};

export const userSchema = defineSchema({
  description:
    'A person of the organization: invited, and given access to products. BrowserStack documents no call that removes or disables a person, takes a product away, or changes role, team or name: destroying only stops managing the person, and a plan that would need such a call says so.',
  attributes: {
    email: attribute.string({
      required: true,
      requiresReplace: ({ prior, planned }: ReplaceIfContext<string>) =>
        typeof prior !== 'string' || typeof planned !== 'string' || !sameEmail(prior, planned),
      validate: emailRules,
      description:
        'E-mail address (upper and lower case are one), which is who the person is: another address is another person, and the former one stays a member.',
    }),
    full_name: attribute.string({
      required: true,
      validate: [lengthBetween(1, 255)],
      description:
        'Name in the invitation. People may change their name afterwards, so it is not compared with theirs.',
    }),
    role: attribute.string({
      optional: true,
      default: 'user',
      validate: [oneOf('user', 'admin', 'owner')],
      description:
        '`user` (default) or `admin`; an admin with a team is a Team Admin. `owner` describes the one Owner that exists and invites nobody. A later change must be made in the console first.',
    }),
    team: attribute.string({
      optional: true,
      validate: [lengthBetween(1, 40)],
      description:
        'Team the person is invited into; without one it is the organization. A later change must be made in the console first.',
    }),
    products: attribute.stringSet({
      optional: true,
      validate: [known],
      description: `Products the person must have access to: ${GRANTABLE.map((product) => `\`${product}\``).join(', ')}. What is missing is granted; what is taken out here, or granted elsewhere, stays granted.`,
    }),
    username: attribute.string({
      computed: true,
      nullable: true,
      description: 'User name; null while the invitation is pending.',
    }),
    status: attribute.string({
      computed: true,
      description: '`pending` (invited), `active`, or `disabled`.',
    }),
    product_access: attribute.stringSet({
      computed: true,
      description: 'All products the person has access to, whoever granted them.',
    }),
  },
});

export type UserState = StateOf<typeof userSchema>;
export type PlannedUser = PlannedOf<typeof userSchema>;
