// What a fault does to a request or to its answer.

import type { Context } from '../context.ts';
import { challenge, nginxPage } from '../http/error-pages.ts';
import { throttled } from '../http/rate-limit.ts';
import { type Answer, html, type Json, json, withHeaders } from '../http/responses.ts';
import type { FaultRule } from './faults.ts';

/** How a request ends: with an answer, or with a connection that is cut before or within one. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'cut-within'; readonly answer: Answer }
  /** The server had an answer, but the connection went first. */
  | { readonly kind: 'cut-after-effect'; readonly answer: Answer }
  | { readonly kind: 'cut' };

export interface Connections {
  /** Accepts none for so long. */
  readonly refuse: (seconds: number) => void;
  /** Aborted when the server stops: then nobody waits any more. */
  readonly closing: AbortSignal;
}

/** Faults that act before the effect; an outcome means that there is none. */
export async function beforeEffect(
  context: Context,
  hits: readonly FaultRule[],
  { refuse, closing }: Connections,
): Promise<Outcome | undefined> {
  for (const hit of hits) {
    switch (hit.kind) {
      case 'slow':
        if (hit.when !== 'after' && !(await waited(context, hit.seconds, closing))) return { kind: 'cut' };
        break;
      case 'refuse':
        refuse(hit.seconds);
        return { kind: 'cut' };
      case 'drop':
        if (hit.when === 'before') return { kind: 'cut' };
        break;
      case 'status':
        if (hit.when === 'before') return { kind: 'answered', answer: statusAnswer(hit) };
        break;
      case 'html':
        if (hit.when === 'before') return { kind: 'answered', answer: htmlAnswer(hit.status ?? 200) };
        break;
      case 'throttle':
        return { kind: 'answered', answer: throttleAnswer(context, hit.seconds) };
      default:
        break;
    }
  }
  return undefined;
}

/** Faults that act once the effect has happened. */
export async function afterEffect(
  context: Context,
  hits: readonly FaultRule[],
  answer: Answer,
  closing: AbortSignal,
): Promise<Outcome> {
  let current =
    context.behaviours['extra-fields'] === 'some' ? mapJson(answer, (body) => withExtraFields(body)) : answer;
  let kind: 'answered' | 'cut-within' | 'cut-after-effect' = 'answered';
  for (const hit of hits) {
    switch (hit.kind) {
      case 'slow':
        if (hit.when === 'after' && !(await waited(context, hit.seconds, closing))) kind = 'cut-after-effect';
        break;
      case 'drop':
        kind = 'cut-after-effect';
        break;
      case 'reset':
        if (kind === 'answered') kind = 'cut-within';
        break;
      case 'status':
        current = statusAnswer(hit);
        break;
      case 'html':
        current = htmlAnswer(hit.status ?? 200);
        break;
      case 'shuffle':
        current = mapJson(current, (body) => shuffled(context, body));
        break;
      case 'extra-fields':
        current = mapJson(current, withExtraFields);
        break;
      case 'missing-field':
        current = mapJson(current, (body) => withoutField(body, hit.field ?? someField(context, body)));
        break;
      default:
        break;
    }
  }
  return { kind, answer: current };
}

/** False when the server stopped before the time was over. */
function waited({ clock }: Context, seconds: number, closing: AbortSignal): Promise<boolean> {
  return clock.sleep(seconds * 1000, closing).then(
    () => true,
    () => false,
  );
}

function statusAnswer({ status, message }: { readonly status: number; readonly message?: string }): Answer {
  if (message === undefined) return nginxPage(status);
  return withHeaders(json({ message }, status), status === 401 ? challenge : {});
}

/** As a proxy or a maintenance page answers in place of the service. */
function htmlAnswer(status: number): Answer {
  return html(status, '<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>\n');
}

function throttleAnswer(context: Context, seconds: number | undefined): Answer {
  if (seconds === undefined) return throttled(context.behaviours, 4);
  const answer = throttled(context.behaviours, seconds);
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(seconds) } };
}

function mapJson(answer: Answer, change: (body: Json) => Json): Answer {
  if (answer.body === undefined || !('json' in answer.body)) return answer;
  return { ...answer, body: { json: change(answer.body.json) } };
}

function isList(body: Json): body is readonly Json[] {
  return Array.isArray(body);
}

function isObject(body: Json): body is { readonly [name: string]: Json } {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function mapObject(body: { readonly [name: string]: Json }, change: (value: Json) => Json): Json {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, change(value)]));
}

function shuffled(context: Context, body: Json): Json {
  if (isList(body)) return context.random.shuffled(body).map((item) => shuffled(context, item));
  return isObject(body) ? mapObject(body, (value) => shuffled(context, value)) : body;
}

function withExtraFields(body: Json): Json {
  if (isList(body)) return body.map(withExtraFields);
  if (!isObject(body)) return body;
  const inner = Object.entries(body).map(([name, value]) => [name, withExtraFields(value)]);
  return Object.fromEntries([...inner, ['x_not_documented', { since: 'tomorrow', flags: [1, null] }]]);
}

function withoutField(body: Json, field: string): Json {
  if (isList(body)) return body.map((item) => withoutField(item, field));
  if (!isObject(body)) return body;
  const kept = Object.entries(body).filter(([name]) => name !== field);
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutField(value, field)]));
}

function someField(context: Context, body: Json): string {
  const names = [...fieldNames(body)].sort();
  return names[context.random.below(names.length)] ?? '';
}

function fieldNames(body: Json): Set<string> {
  const names = new Set<string>();
  const parts = isList(body) ? body : isObject(body) ? Object.values(body) : [];
  if (isObject(body)) for (const name of Object.keys(body)) names.add(name);
  for (const part of parts) for (const name of fieldNames(part)) names.add(name);
  return names;
}
