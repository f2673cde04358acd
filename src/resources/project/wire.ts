// BrowserStack's own spelling, misspelling included. Of the project API only this list and the creation are documented;
// the creation without its answer, so nothing here creates.

import type { Endpoint } from '../../http/endpoint.ts';

export interface WireAccess {
  /** `user` or `team`; the introduction names service accounts too, no page shows one. */
  readonly accessor_type: string;
  readonly name: string;
  readonly email?: string | null;
  /** The role in this project, where it differs from the general one. */
  readonly overriden_role?: string | null;
  readonly overridden_role?: string | null;
  readonly assigned_at?: string | null;
  readonly applicable_role?: string | null;
  /** As in one sample. */
  readonly appplicable_role?: string | null;
}

export interface WireAccesses {
  readonly info: { readonly next?: number | null };
  readonly accesses: readonly WireAccess[];
}

const text = { type: ['string', 'null'] };

const answer = {
  type: 'object',
  required: ['info', 'accesses'],
  properties: {
    info: { type: 'object', properties: { next: { type: ['integer', 'null'] } } },
    accesses: {
      type: 'array',
      items: {
        type: 'object',
        required: ['accessor_type', 'name'],
        properties: {
          accessor_type: { type: 'string' },
          name: { type: 'string' },
          email: text,
          overriden_role: text,
          overridden_role: text,
          assigned_at: text,
          applicable_role: text,
          appplicable_role: text,
        },
      },
    },
  },
};

/** The largest page there is. [documented] */
export const PAGE_SIZE = 100;

/** Which budget governs it is not documented: the small one, to be on the safe side. */
const listing: Omit<Endpoint<WireAccesses>, 'path'> = {
  method: 'GET',
  repeatable: true,
  budget: 'account-management',
  answer,
};

export function listAccesses(project: string): Endpoint<WireAccesses> {
  return { ...listing, path: `/v1/projects/${encodeURIComponent(project)}/accesses` };
}
