// All keys at a glance: how old, when due, who uses them, what is overdue. Built from states and one list.

import { serviceAccounts } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { keyFingerprint } from './fingerprint.ts';
import { type DatedState, type Status, statusAt } from './schedule/status.ts';

/** One account and its key. Sorted, printed and exported as it is: never holds a key. */
export interface KeyReportRow {
  readonly identifier: string;
  readonly username: string;
  /** `undefined` for an account of the organization. */
  readonly team: string | undefined;
  /** `undefined` where the list hides the key. */
  readonly fingerprint: string | undefined;
  /** Whether one of the given states manages this key. */
  readonly managed: boolean;
  /** Whether a credential pair does: then only Terraform rotates it, the idle account first. */
  readonly paired: boolean;
  readonly generation: number | undefined;
  readonly rotatedAt: Date | undefined;
  /** Whole days since the rotation, or since the date that an adopted key counts from; `undefined` if not managed. */
  readonly ageDays: number | undefined;
  readonly dueAt: Date | undefined;
  readonly status: Status | 'idle' | 'unmanaged';
  readonly consumers: readonly string[];
}

export interface KeyReport {
  readonly rows: readonly KeyReportRow[];
  /** Past their due date, whatever the window says. A pipeline fails if there are any. */
  readonly overdue: readonly KeyReportRow[];
  /** Changed elsewhere or lost: somebody has to look. */
  readonly unsettled: readonly KeyReportRow[];
  /** User names of managed keys whose accounts these credentials do not see: nothing is known of them. */
  readonly unseen: readonly string[];
}

/** What a state knows of a key that it manages. */
export interface ManagedKey extends DatedState {
  readonly username: string;
  readonly key_fingerprint: string;
  readonly consumers: readonly string[] | null;
  /** The active account of a credential pair: its own key must not be rotated while it is the active one. */
  readonly pair?: true;
}

/** The other account of a credential pair: nobody's turn, so it is never due. */
export interface IdleKey {
  readonly username: string;
  readonly key_fingerprint: string;
  readonly idle: true;
}

const DAY = 86_400_000;

/** The keys of all accounts these credentials see, with what the states say about those they manage. Costs one list. */
export async function keyReport(
  session: Session,
  managed: readonly (ManagedKey | IdleKey)[],
  now: Date,
): Promise<KeyReport> {
  const snapshot = session.snapshot(serviceAccounts);
  const first = new Set((await snapshot.get()).map(({ username }) => username));
  // One list may show an older world.
  const accounts = managed.every(({ username }) => first.has(username))
    ? await snapshot.get()
    : await snapshot.again();
  const seen = new Set(accounts.map(({ username }) => username));
  const byUsername = new Map(managed.map((key) => [key.username, key]));
  const rows = accounts
    .map(({ identifier, username, team, accessKey }): KeyReportRow => {
      const fingerprint = accessKey && keyFingerprint(username, accessKey);
      return { identifier, username, team, fingerprint, ...said(byUsername.get(username), fingerprint, now) };
    })
    .sort((a, b) => a.identifier.localeCompare(b.identifier, 'en'));
  return {
    rows,
    overdue: rows.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now),
    unsettled: rows.filter(({ status }) => status === 'changed_elsewhere' || status === 'lost'),
    unseen: managed.map(({ username }) => username).filter((username) => !seen.has(username)),
  };
}

const NOTHING_KNOWN = {
  paired: false,
  generation: undefined,
  rotatedAt: undefined,
  ageDays: undefined,
  dueAt: undefined,
  consumers: [],
};

function said(key: ManagedKey | IdleKey | undefined, fingerprint: string | undefined, now: Date) {
  if (key === undefined) return { ...NOTHING_KNOWN, managed: false, status: 'unmanaged' as const };
  if ('idle' in key) return { ...NOTHING_KNOWN, managed: true, paired: true, status: 'idle' as const };
  const changed = fingerprint !== undefined && fingerprint !== key.key_fingerprint;
  const since = Date.parse(key.rotated_at ?? key.schedule_base);
  return {
    managed: true,
    paired: key.pair === true,
    generation: key.generation,
    rotatedAt: changed || key.rotated_at === null ? undefined : new Date(key.rotated_at),
    // Nobody knows when somebody else rotated it, and whoever did has settled the date too.
    ageDays: changed ? undefined : Math.floor((now.getTime() - since) / DAY),
    dueAt: changed || key.rotation_due_at === null ? undefined : new Date(key.rotation_due_at),
    status: changed ? ('changed_elsewhere' as const) : statusAt(key, now),
    consumers: key.consumers ?? [],
  };
}
