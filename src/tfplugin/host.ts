/** What the server needs from the process it runs in. The real one is made in src/entry/host.ts. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly pid: number;
  /** The process that started this one; another one once that is gone. */
  parentId(): number;
  /** Whether a process exists: on Windows a parent's id never changes. */
  isAlive(pid: number): boolean;
  /** Files made from now on lack these permissions. */
  restrictNewFiles(mask: number): void;
  /** Writes at once, whole: an exit right after loses nothing. False when nobody reads it any more. */
  writeStdout(text: string): boolean;
  writeStderr(text: string): boolean;
  /** Gives everything that code writes through `console`, stdout or stderr to `sink` instead. */
  redirectOutput(sink: (text: string) => void): void;
  onSignal(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): void;
  /** For exceptions and rejections nobody caught. */
  onCrash(listener: (error: unknown) => void): void;
  exit(code: number): void;
}
