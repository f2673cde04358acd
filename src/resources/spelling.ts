// Terraform composes every text (NFC). The service may have a name in decomposed form, typed on a Mac, and may compare
// byte by byte: what it is called there is remembered, and used to address it.

import { composed } from '../schema/equal.ts';
import type { Session } from './session.ts';

const spellings = new WeakMap<Session, Map<string, string>>();

/** A name of the service as everything here has it. */
export function composedName(session: Session, name: string): string {
  const text = composed(name);
  if (text !== name) spellings.set(session, (spellings.get(session) ?? new Map()).set(text, name));
  return text;
}

/** A name as the service spells it, as far as this run has seen it. */
export function spelledName(session: Session, name: string): string {
  return spellings.get(session)?.get(composed(name)) ?? name;
}
