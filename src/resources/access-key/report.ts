// All keys at a glance: how old, when due, who uses them, what is overdue. Built from states and one list.

import { serviceAccounts } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { keyFingerprint } from './fingerprint.ts';
import type { AccessKeyState } from './schema.ts';
import { type Status, standingAt } from './standing.ts';

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
  readonly generation: number | undefined;
  readonly rotatedAt: Date | undefined;
  /** Whole days since the rotation, or since the date that an adopted key counts from; `undefined` if not managed. */
  readonly ageDays: number | undefined;
  readonly dueAt: Date | undefined;
  readonly status: Status | 'unmanaged';
  readonly consumers: readonly string[];
}

export interface KeyReport {
  readonly rows: readonly KeyReportRow[];
  /** Past their due date, whatever the window says. A pipeline fails if there are any. */
  readonly overdue: readonly KeyReportRow[];
  /** Changed elsewhere or lost: somebody has to look. */
  readonly unsettled: readonly KeyReportRow[];
}

type Stored = Pick<
  AccessKeyState,
  | 'username'
  | 'key_fingerprint'
  | 'consumers'
  | (keyof Parameters<typeof standingAt>[0] & keyof AccessKeyState)
>;

const DAY = 86_400_000;

/** The keys of all accounts these credentials see, with what the states say about those they manage. Costs one list. */
export async function keyReport(session: Session, states: readonly Stored[], now: Date): Promise<KeyReport> {
  const accounts = await session.snapshot(serviceAccounts).get();
  const byUsername = new Map(states.map((state) => [state.username, state]));
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
  };
}

function said(state: Stored | undefined, fingerprint: string | undefined, now: Date) {
  if (state === undefined)
    return {
      managed: false,
      generation: undefined,
      rotatedAt: undefined,
      ageDays: undefined,
      dueAt: undefined,
      status: 'unmanaged' as const,
      consumers: [],
    };
  const changed = fingerprint !== undefined && fingerprint !== state.key_fingerprint;
  const since = Date.parse(state.rotated_at ?? state.schedule_base);
  return {
    managed: true,
    generation: state.generation,
    rotatedAt: state.rotated_at === null ? undefined : new Date(state.rotated_at),
    ageDays: Math.floor((now.getTime() - since) / DAY),
    // Whoever rotated it elsewhere has settled the date too.
    dueAt: changed || state.rotation_due_at === null ? undefined : new Date(state.rotation_due_at),
    status: changed ? ('changed_elsewhere' as const) : standingAt(state, now),
    consumers: state.consumers ?? [],
  };
}
