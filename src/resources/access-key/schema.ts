import { attribute } from '../../schema/attribute.ts';
import { type ConfigOf, defineSchema, type PlannedOf, type StateOf } from '../../schema/schema.ts';
import { lengthBetween } from '../../schema/validators.ts';
import { ageRecipient } from './rotation/escrow.ts';
import {
  nameAttributes,
  onExternalRotation,
  policyAttributes,
  rotationAttributes,
} from './schedule/policy-schema.ts';

/** The names are the specification of rotation.md; each computed value is plain, so that reviewers can read it. */
export const accessKeySchema = defineSchema({
  description:
    'The access key of a service account, and when it is rotated. Creating adopts the current key and never rotates; a changed trigger, or the age, rotates in place; destroying forgets.',
  attributes: {
    username: attribute.string({
      required: true,
      requiresReplace: true,
      validate: [lengthBetween(1, 255)],
      description: 'User name of the service account whose key this is.',
    }),
    ...nameAttributes,
    ...policyAttributes,
    on_external_rotation: onExternalRotation,
    rotate_on_destroy: attribute.bool({
      optional: true,
      default: false,
      description:
        'Rotates once more when this is destroyed, so that a key that leaked is dead. Apply `true` before you destroy: it is read from state.',
    }),
    export_access_key: attribute.bool({
      optional: true,
      default: false,
      description:
        'Stores the key in state as `access_key`. Whoever can read the state can then read the key; prefer the ephemeral resource.',
    }),
    escrow_recipient: attribute.string({
      optional: true,
      validate: [ageRecipient],
      description:
        'An age recipient (`age1…`, public). Each key is sealed to it before anything else happens to it, as `escrowed_access_key`.',
    }),
    escrow_directory: attribute.string({
      optional: true,
      validate: [lengthBetween(1, 4096)],
      description:
        'An existing directory that also gets each sealed key, as a file, so that it survives the loss of the state. Proven to be writable before a rotation.',
    }),
    current_access_key: attribute.string({
      optional: true,
      sensitive: true,
      validate: [lengthBetween(1, 255)],
      description:
        'Only where BrowserStack hides the keys of its accounts: the current key, which a rotation must present. It stands in state. Changing it never rotates.',
    }),
    access_key: attribute.string({
      computed: true,
      nullable: true,
      sensitive: true,
      description: 'The key itself; null unless `export_access_key` is true.',
    }),
    escrowed_access_key: attribute.string({
      computed: true,
      nullable: true,
      description:
        'User name and key as JSON, sealed to `escrow_recipient` (age, armored); null without one. Open it with `age --decrypt`.',
    }),
    key_fingerprint: attribute.string({
      computed: true,
      description:
        'Says whether two keys of this account are the same, and nothing else about them (16 hexadecimal digits of an HMAC).',
    }),
    ...rotationAttributes,
    rotation_status: attribute.string({
      computed: true,
      description:
        '`current`; `young` (below the minimum age); `due` (the next plan rotates); `waiting` (due, but the window is shut); `changed_elsewhere` (rotated outside since the last apply); `lost` (rotated, the new key is not known: see the runbook). Looked at in refresh, the only place where the clock is read.',
    }),
  },
});

export type AccessKeyState = StateOf<typeof accessKeySchema>;
export type AccessKeyConfig = ConfigOf<typeof accessKeySchema>;
export type PlannedAccessKey = PlannedOf<typeof accessKeySchema>;
