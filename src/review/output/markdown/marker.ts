// The first line of a comment: how a later run finds it again. It is a reference that nobody refers to, so no forge
// shows it (Bitbucket shows HTML comments).

import { createHash } from 'node:crypto';

const VERSION = 'v1';

/** Begins every comment of this stack; what follows on the line tells one run from another. */
export function markerStart(stack: string): string {
  return `[//]: <> (browserstack-iac:review:${VERSION} stack=${slug(stack)}`;
}

export function markerOf(
  stack: string,
  { plan, commit }: { readonly plan?: string; readonly commit?: string },
): string {
  const facts = [
    ...(plan === undefined ? [] : [` plan=${slug(plan)}`]),
    ...(commit === undefined ? [] : [` commit=${slug(commit)}`]),
  ];
  return `${markerStart(stack)}${facts.join('')})`;
}

/** A name may be anything; two different ones stay different. */
function slug(name: string): string {
  if (/^[\w.-]{1,80}$/u.test(name)) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.replace(/[^\w.-]+/gu, '-').slice(0, 40)}-${digest}`;
}
