import { expect } from 'vitest';
import { itNeeds } from '../helpers/engine.ts';
import { realChaos } from './real/chaos.ts';
import { hasFailed, type Verdict } from './real/verdict.ts';

/** A short and always the same part of `npm run chaos`. */
const SCHEDULES = [
  { kind: 'terraform', seed: 1 },
  { kind: 'command-line', seed: 1 },
  { kind: 'command-line', seed: 2 },
] as const;

itNeeds('ephemeral resources', 'write-only arguments')(
  'real programs lose, double and forget nothing behind a bad network',
  async () => {
    const verdicts: Verdict[] = [];
    await realChaos(SCHEDULES, (verdict) => verdicts.push(verdict));
    expect(verdicts.map(({ kind, seed }) => ({ kind, seed }))).toEqual(SCHEDULES);
    expect(verdicts.filter(hasFailed)).toEqual([]);
    // It did go wrong.
    for (const { met } of verdicts) expect(met).not.toEqual([]);
    // The story of a failure is no place for a key: the local BrowserStack makes them of twenty characters.
    expect(JSON.stringify(verdicts)).not.toMatch(/\b[A-Za-z0-9]{20}\b/u);
  },
);
