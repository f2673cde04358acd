import type { IConstruct } from 'constructs';
import { defaultFor } from '../defaults';

/** Completes a sentence: who answers for a construct, if anybody does. */
export function answers(construct: IConstruct): string {
  const owner = defaultFor(construct, 'owner');
  return owner === undefined ? '' : ` (${owner} answers for it)`;
}
