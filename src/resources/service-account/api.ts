import { composed, sameText } from '../../schema/equal.ts';
import { Secret } from '../../secret.ts';
import { guardOrganization, organizationName } from '../organization/index.ts';
import type { Collection, Session } from '../session.ts';
import { composedName } from '../spelling.ts';
import { explainUnavailable } from '../unavailable.ts';
import { withOwnKey } from './own-rotations.ts';
import * as wire from './wire.ts';

export interface ServiceAccount {
  readonly identifier: string;
  readonly username: string;
  /** The current key; `undefined` where the service hides it. */
  readonly accessKey: Secret | undefined;
  /** `undefined` for an account of the organization. */
  readonly team: string | undefined;
}

/** All accounts these credentials can see: a Team Admin sees those of the own team only. */
export const serviceAccounts: Collection<ServiceAccount> = {
  name: 'service accounts',
  idOf: ({ username }) => username,
  async list(session) {
    const { body } = await session.client
      .send(wire.listServiceAccounts, { onWait: session.onWait })
      .catch((error) => explainUnavailable(error, 'service accounts', { needsSupport: false }));
    await guardOrganization(session, organizationsAmong(body));
    const organization = await organizationOf(body, session);
    return body.map((account) => withOwnKey(session, fromWire(session, account, organization)));
  },
};

function organizationsAmong(accounts: readonly wire.WireServiceAccount[]): readonly string[] {
  return [...new Set(accounts.filter(({ mainGroup }) => mainGroup).map(({ teamName }) => teamName))];
}

/**
 * The organization's name where it matters: one documented sample has a team's name together with `mainGroup: true`.
 * Only when that shows (two names with `mainGroup`) is the name worth a request of its own.
 */
async function organizationOf(
  accounts: readonly wire.WireServiceAccount[],
  session: Session,
): Promise<string | undefined> {
  const names = organizationsAmong(accounts);
  return names.length > 1 ? organizationName(session) : names[0];
}

/** One account of an answer. `organization` decides the odd case above where it is known. */
export function fromWire(
  session: Session,
  account: wire.WireServiceAccount,
  organization: string | undefined,
): ServiceAccount {
  const ofOrganization =
    account.mainGroup && (organization === undefined || sameText(account.teamName, organization));
  return {
    identifier: composed(account.identifier),
    username: account.username,
    accessKey: account.authkey ? new Secret(account.authkey) : undefined,
    team: ofOrganization ? undefined : composedName(session, account.teamName),
  };
}
