import type { Endpoint } from '../../http/endpoint.ts';

export interface WirePerson {
  readonly id?: number | null;
  /** Empty while the invitation is pending. */
  readonly username?: string | null;
  readonly full_name?: string | null;
  readonly email?: string | null;
  readonly role?: string | null;
  readonly organization_name?: string | null;
  /** Absent for people of the organization. */
  readonly teams?: readonly string[] | null;
  /** With several teams (beta); spelt with a hyphen on the page. */
  readonly 'additional-teams'?: readonly string[] | null;
  readonly product_access?: Readonly<Record<string, unknown>> | null;
}

const text = { type: ['string', 'null'] };
const names = { type: ['array', 'null'], items: { type: 'string' } };

/**
 * All people, without pages; with a `status` in the query those of this status only, which is the one way to see it.
 * The page has several versions: what stands in some only may be absent.
 */
export const listUsers: Endpoint<{ readonly user_details: readonly WirePerson[] }> = {
  method: 'GET',
  path: '/user/user_detail',
  repeatable: true,
  budget: 'account-management',
  answer: {
    type: 'object',
    required: ['user_details'],
    properties: {
      user_details: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: { type: ['integer', 'null'] },
            username: text,
            full_name: text,
            email: text,
            role: text,
            organization_name: text,
            teams: names,
            'additional-teams': names,
            product_access: { type: ['object', 'null'] },
          },
        },
      },
    },
  },
};
