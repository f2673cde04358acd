import type { Scenario } from '../scenario.ts';
import { additions } from './additions.ts';
import { deliveries } from './deliveries.ts';
import { endings } from './endings.ts';
import { pairs } from './pairs.ts';
import { refactorings } from './refactorings.ts';
import { rotations } from './rotations.ts';
import { secrets } from './secrets.ts';

export const scenarios: readonly Scenario[] = [
  ...additions,
  ...rotations,
  ...endings,
  ...secrets,
  ...pairs,
  ...deliveries,
  ...refactorings,
];
