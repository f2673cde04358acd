// The first line of a comment: how a later run finds it again. It is a reference that nobody refers to, so no forge
// shows it (Bitbucket shows HTML comments).

import { createHash } from 'node:crypto';

export interface Marker {
  readonly stack: string;
  /** When the plan was made, as milliseconds since 1970: an older run does not write over a newer one. */
  readonly at: number | undefined;
}

export interface MarkerFacts {
  readonly plan?: string;
  readonly commit?: string;
  readonly at?: Date | undefined;
}

export function markerOf(stack: string, { plan, commit, at }: MarkerFacts): string {
  const facts = [
    `stack=${slug(stack)}`,
    ...(at === undefined ? [] : [`at=${at.toISOString()}`]),
    ...(plan === undefined ? [] : [`plan=${slug(plan)}`]),
    ...(commit === undefined ? [] : [`commit=${slug(commit)}`]),
  ];
  return `[//]: <> (browserstack-iac:review:v1 ${facts.join(' ')})`;
}

/** The marker that a comment begins with; a marker further down is somebody's text. */
export function readMarker(body: string): Marker | undefined {
  const [, facts = ''] =
    /^\[\/\/\]: <> \(browserstack-iac:review:v1 ([^()\n]*)\)\r?(?:\n|$)/u.exec(body) ?? [];
  const values = new Map(
    facts.split(' ').map((fact) => [fact.split('=')[0] ?? '', fact.split('=')[1] ?? '']),
  );
  const stack = values.get('stack');
  if (stack === undefined || stack === '') return undefined;
  const at = Date.parse(values.get('at') ?? '');
  return { stack, at: Number.isNaN(at) ? undefined : at };
}

/** A name may be anything; two different ones stay different. */
function slug(name: string): string {
  if (/^[\w.-]{1,80}$/u.test(name)) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.replace(/[^\w.-]+/gu, '-').slice(0, 40)}-${digest}`;
}
