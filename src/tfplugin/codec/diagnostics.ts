import { problemsOf } from '../../errors.ts';
import type { Diagnostic } from '../../provider/provider.ts';
import type { Type } from '../../schema/type.ts';
import { Diagnostic_Severity, type Diagnostic as DiagnosticMessage } from '../generated/tfplugin6.ts';
import { toAttributePath } from './attribute-path.ts';

/** Masks registered secrets in a text. */
export type Scrub = (text: string) => string;

/** Diagnostics as sent. `type` is what their paths lead into. */
export function toDiagnostics(
  diagnostics: readonly Diagnostic[],
  type: Type | undefined,
  scrub: Scrub,
): DiagnosticMessage[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: severity === 'error' ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    // A text that is none would break the whole answer, and the state in it.
    summary: scrub(String(summary)),
    detail: scrub(String(detail ?? '')),
    attribute: path === undefined ? undefined : toAttributePath(path, type),
  }));
}

/** Whatever was thrown, as errors for the user. */
export function thrownDiagnostics(thrown: unknown): Diagnostic[] {
  return problemsOf(thrown).map(({ summary, detail, path }) => ({
    severity: 'error' as const,
    summary,
    detail,
    ...(path === undefined ? {} : { path }),
  }));
}
