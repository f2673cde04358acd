// Where in the code a finding is: reports that annotate files need a file and a line for each.

import type { Finding } from '../finding.ts';
import type { Diagnostic } from '../plan/diagnostics.ts';

export interface Place {
  /** Relative to the root of the repository, with slashes. */
  readonly file: string;
  readonly line: number;
}

export interface PlaceOptions {
  /** Where everything is whose line is not known, such as the program that synthesizes the stack. */
  readonly source?: string;
  /** The policy, where nothing else is known. */
  readonly policy: string;
}

/** The line that a diagnostic names for the same address; of the policy itself, its line; else the source. */
export function placeOf(
  { address }: Finding,
  diagnostics: readonly Diagnostic[],
  { source, policy }: PlaceOptions,
): Place {
  const told = diagnostics.find((one) => one.file !== undefined && one.address === address)?.file;
  if (told !== undefined) return { file: told.name.replaceAll('\\', '/'), line: told.line };
  const [, file, line] = /^(.*\.json):(\d+)$/su.exec(address ?? '') ?? [];
  if (file !== undefined && line !== undefined) return { file, line: Number(line) };
  return { file: source ?? policy, line: 1 };
}
