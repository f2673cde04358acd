// Where the engine stopped before it made a plan: an invalid configuration, no credentials. What it said is all there is.

import { maskOf, NO_SECRETS } from '../masking.ts';
import { configurationOf } from './configuration.ts';
import type { PlanDocument } from './plan-document.ts';

/** A plan with nothing in it that cannot be applied. */
export function noPlanMade(): PlanDocument {
  const mask = maskOf(NO_SECRETS);
  return {
    engine: 'terraform',
    engineVersion: undefined,
    formatVersion: 'none',
    timestamp: undefined,
    errored: true,
    complete: false,
    applyable: false,
    changes: [],
    foreign: [],
    drift: [],
    deferred: 0,
    prior: [],
    planned: [],
    outputs: [],
    actions: [],
    relevant: [],
    configuration: configurationOf({}, mask),
    urlVariables: new Map(),
    automateTotal: undefined,
    mask,
  };
}
