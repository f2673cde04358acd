// JSON that a person gave: parsed, and told by what it is, so that the wrong file is named instead of half understood.

import { asPrinted } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';

/** Deeper than any configuration or state: what is nested further was made to break something. */
const DEEPEST = 200;

/**
 * The one JSON object that a text holds.
 * @param expected Completes "It is not …": what the file was to be.
 * @throws Problem `invalid_input` that says what it is instead, where that can be told.
 */
export function parseDocument(text: string, file: string, expected: string): JsonObject {
  const wrong = (why: string, cause?: unknown) =>
    new Problem({
      code: 'invalid_input',
      summary: `${file} is not ${expected}`,
      detail: why,
      ...(cause === undefined ? {} : { cause }),
    });
  if (text.trim() === '') throw wrong('It is empty.');
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (cause) {
    throw wrong(whyNoJson(text), cause);
  }
  if (!isJsonObject(json)) throw wrong('It is JSON, but not an object.');
  if (isDeeperThan(DEEPEST, json)) throw wrong(`It is nested more than ${DEEPEST} levels deep.`);
  return json;
}

/** What a document is, by the names in it that only one kind has. */
export type DocumentKind =
  | 'state'
  | 'shown-state'
  | 'shown-plan'
  | 'encrypted-state'
  | 'old-state'
  | 'configuration';

export function kindOf(json: JsonObject): DocumentKind {
  if (json.encrypted_data !== undefined) return 'encrypted-state';
  if (json.planned_values !== undefined || json.resource_changes !== undefined) return 'shown-plan';
  if (typeof json.format_version === 'string') return 'shown-state';
  const looksLikeState = json.lineage !== undefined || json.terraform_version !== undefined;
  if (typeof json.version === 'number' && looksLikeState) return json.version === 4 ? 'state' : 'old-state';
  return 'configuration';
}

/** Completes "It is …". */
export const KINDS: Readonly<Record<DocumentKind, string>> = {
  state: "Terraform's state",
  'shown-state': `a state, as ${asPrinted('show -json')} it`,
  'shown-plan': `a plan, as ${asPrinted('show -json PLANFILE')} it`,
  'encrypted-state': 'an encrypted state of OpenTofu',
  'old-state': 'a state of a version that no engine of today writes',
  configuration: 'neither a state nor a plan',
};

function whyNoJson(text: string): string {
  const [first = ''] = text.split('\n', 1);
  if (first.startsWith('[command]'))
    return 'Its first line is of the wrapper that the setup-terraform and setup-opentofu actions put around the program. Switch it off there (terraform_wrapper: false, tofu_wrapper: false), and make the file again.';
  if (isJsonText(first))
    return `It holds several JSON values, one a line, as ${asPrinted('plan -json')} them. Give what ${asPrinted('show -json')}.`;
  return 'It is not JSON.';
}

function isJsonText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text) as Json);
  } catch {
    return false;
  }
}

/** Looks without recursion: a stack that overflows would be no answer. */
function isDeeperThan(limit: number, json: Json): boolean {
  let level: readonly Json[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((one) => {
      if (Array.isArray(one)) return one as readonly Json[];
      return isJsonObject(one) ? Object.values(one) : [];
    });
  }
  return false;
}
