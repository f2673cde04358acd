// What the engine said beside the plan: refusals and warnings are in no plan, so they come from `terraform plan -json`
// (one message a line), from `validate -json`, or as a list.

import { asPrinted, engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { type Mask, maskOf, NO_SECRETS } from '../masking.ts';
import { codeOf } from './diagnostic-codes.ts';
import { isObject, type JsonObject, objectOf, objectsOf, tryText } from './json.ts';

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  /** Empty for what another provider or the engine said: it may repeat values that nobody should see. */
  readonly detail: string;
  /** The stable code of one of ours; `undefined` for what others say. */
  readonly code: string | undefined;
  readonly address: string | undefined;
  readonly file: { readonly name: string; readonly line: number } | undefined;
}

/**
 * Reads either form. An empty text is no diagnostics: that is what a plan without any prints into a file of its own.
 * @throws Problem `invalid_input` for what is none of them.
 */
export function readDiagnostics(
  text: string,
  file: string,
  mask: Mask = maskOf(NO_SECRETS),
): readonly Diagnostic[] {
  return rawDiagnostics(text.trim(), file).map((json) => diagnosticOf(json, mask));
}

function rawDiagnostics(text: string, file: string): readonly JsonObject[] {
  if (text === '') return [];
  const whole = tryParse(text);
  if (Array.isArray(whole)) return objectsOf(whole);
  if (isObject(whole) && Array.isArray(whole.diagnostics)) return objectsOf(whole.diagnostics);
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  const messages = lines.map((line) => tryParse(line)).filter(isObject);
  if (messages.length === 0)
    throw new Problem({
      code: 'invalid_input',
      summary: `${file} holds no diagnostics`,
      detail: `Expected what ${asPrinted('plan -json')}, one message a line. Keep it with: ${engineCommand('plan -out=tfplan -json > plan.jsonl')}`,
    });
  // What is no message is a line that a wrapper script printed in between.
  return messages.map(({ diagnostic }) => diagnostic).filter(isObject);
}

function diagnosticOf(json: JsonObject, mask: Mask): Diagnostic {
  const summary = mask(tryText(json.summary) ?? 'A diagnostic without a summary');
  const code = codeOf(summary, tryText(json.detail) ?? '');
  const { filename, start } = objectOf(json.range);
  const { line } = objectOf(start);
  return {
    severity: json.severity === 'warning' ? 'warning' : 'error',
    summary: summary.replace(/\s*\[[a-z][a-z0-9_]*\]$/u, ''),
    detail:
      code === undefined ? '' : mask((tryText(json.detail) ?? '').replace(/\s*\[[a-z][a-z0-9_]*\]\s*$/u, '')),
    code,
    address: typeof json.address === 'string' ? mask(json.address) : undefined,
    file:
      typeof filename === 'string' && typeof line === 'number' ? { name: mask(filename), line } : undefined,
  };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
