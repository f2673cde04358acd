import type { Clock } from '../clock.ts';
import type { DiagnosticCode } from '../diagnostics/index.ts';
import type { AttributePath } from '../errors.ts';

/** Something the user should know that is no failure. Never contains a key. */
export interface Warning {
  /** Which of them, for those who go by codes. */
  readonly diagnostic: DiagnosticCode;
  readonly summary: string;
  readonly detail: string;
  readonly path?: AttributePath;
}

/** What every operation is given. Nothing in it is global. */
export interface Operation<Session> {
  /** What `configure` made: the API client, the snapshots, the guards. */
  readonly session: Session;
  readonly clock: Clock;
  /** Aborted when the engine is stopped or the operation's time is up; its reason says which. */
  readonly signal: AbortSignal;
  /** Shown to the user beside the result. */
  warn(warning: Warning): void;
  /** A line for people who watch a long operation: the provider's log, the CLI's progress. */
  progress(message: string): void;
}

/** An operation that changes the world. */
export interface WriteOperation<Session, State> extends Operation<Session> {
  /**
   * Records what exists so far. Call it as soon as the remote object exists and again when it changed: if the
   * operation then throws, state and error go back to the engine together, and nothing made is ever lost.
   */
  save(state: State): void;
}
