import { attribute } from '../../schema/attribute.ts';
import { defineSchema, type PlannedOf, type StateOf } from '../../schema/schema.ts';
import { lengthBetween } from '../../schema/validators.ts';
import { nameAttributes, policyAttributes, rotationAttributes } from '../access-key/index.ts';

const slot = (name: string) =>
  attribute.string({
    required: true,
    requiresReplace: true,
    validate: [lengthBetween(1, 255)],
    description: `User name of the service account in slot ${name}.`,
  });

export const credentialPairSchema = defineSchema({
  description:
    'Two service accounts behind one logical credential, so that rotation breaks nobody although an old key dies at once: the key of the idle account is rotated, then the accounts change places, and the former credential stays valid until the next rotation. User name **and** key change together. Dashboards show two identifiers.',
  attributes: {
    username_a: slot('a'),
    username_b: slot('b'),
    identifier: nameAttributes.identifier,
    team: attribute.string({
      computed: true,
      nullable: true,
      description: 'Team of both accounts; null where they have none, or not the same one.',
    }),
    ...policyAttributes,
    export_access_key: attribute.bool({
      optional: true,
      default: false,
      description:
        'Stores the active key in state as `access_key`. Whoever can read the state can then read the key; prefer the ephemeral resource.',
    }),
    wait_for_adoption: attribute.bool({
      optional: true,
      description:
        'Does not rotate before a session was seen under the active user name: until then the retired credential stays alive, also when the pair is due or a trigger changed. A hint only: it comes from the usage report, which Support must enable and which is made with a delay; where it cannot be had, nothing is rotated and the plan warns.',
    }),
    active_slot: attribute.string({
      computed: true,
      description: '`a` or `b`: whose credential is the current one.',
    }),
    username: attribute.string({
      computed: true,
      description: 'User name of the active account. Known in the plan of a rotation.',
    }),
    access_key: attribute.string({
      computed: true,
      nullable: true,
      sensitive: true,
      description: 'Key of the active account; null unless `export_access_key` is true.',
    }),
    key_fingerprint: attribute.string({
      computed: true,
      description: 'Fingerprint of the key of the active account.',
    }),
    idle_username: attribute.string({ computed: true, description: 'User name of the other account.' }),
    idle_identifier: attribute.string({
      computed: true,
      nullable: true,
      description: 'Identifier of the other account.',
    }),
    idle_key_fingerprint: attribute.string({
      computed: true,
      description: 'Fingerprint of the key of the other account.',
    }),
    idle_slot_status: attribute.string({
      computed: true,
      description:
        '`retired`: its credential was the active one before, consumers may still use it; it is not rotated before the next due date. `spare`: nobody was given it. `fresh`: its key changed since the last apply (elsewhere, or by a rotation whose result got lost): the next rotation just changes places.',
    }),
    ...rotationAttributes,
    rotation_status: attribute.string({
      computed: true,
      description:
        '`current`; `young` (the retired credential is still protected: until the next due date, or below the minimum age without a schedule); `due` (the next plan rotates); `waiting` (due, but the window is shut); `changed_elsewhere` (the active key was rotated outside since the last apply); `unadopted` (`wait_for_adoption`, and no session was seen under the active user name yet).',
    }),
    adoption_seen_at: attribute.string({
      computed: true,
      nullable: true,
      description:
        'With `wait_for_adoption`: the last activity of the active account (RFC 3339) when it was first seen since the accounts changed places; null until then.',
    }),
  },
});

export type CredentialPairState = StateOf<typeof credentialPairSchema>;
export type PlannedCredentialPair = PlannedOf<typeof credentialPairSchema>;
