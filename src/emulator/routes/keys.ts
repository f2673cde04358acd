import type { Operation } from '../http/operation.ts';
import { json } from '../http/responses.ts';
import { recycleKey } from '../organization/keys.ts';

const recycle: Operation = {
  tag: 'Keys',
  id: 'recycleKey',
  method: 'PUT',
  path: '/automate/recycle_key.json',
  budget: 'automate',
  losable: true,
  summary: "Replaces the caller's own access key. Never repeat it blindly: each call replaces it again.",
  certainty: 'documented',
  source: 'automate/api-reference/selenium/key',
  answers: {
    type: 'object',
    required: ['old_key', 'new_key'],
    properties: { old_key: { type: 'string' }, new_key: { type: 'string' } },
  },
  handle: ({ context, caller }) => {
    const { oldKey, newKey } = recycleKey(context, caller);
    return json({ old_key: oldKey, new_key: newKey });
  },
};

export const keyOperations: readonly Operation[] = [
  recycle,
  {
    ...recycle,
    id: 'recycleKeyOfTurboScale',
    method: 'PATCH',
    path: '/automate-turboscale/v1/recycle_key.json',
    served: (behaviours) => behaviours['turboscale-suffix'] !== 'plain',
    summary: 'The same key, replaced by the call of TurboScale, as its heading has it.',
    certainty: 'contradiction',
    source: 'automate-turboscale/api-reference/key',
  },
  {
    ...recycle,
    id: 'recycleKeyOfTurboScaleAsSampled',
    method: 'PATCH',
    path: '/automate-turboscale/v1/recycle_key',
    served: (behaviours) => behaviours['turboscale-suffix'] !== 'json',
    summary: 'The same key, replaced by the call of TurboScale, as its sample has it.',
    certainty: 'contradiction',
    source: 'automate-turboscale/api-reference/key',
  },
  {
    ...recycle,
    id: 'recycleKeyOfAppAutomate',
    path: '/app-automate/recycle_key.json',
    served: (behaviours) => behaviours['app-automate-recycle'] === 'recycle',
    summary: 'No page has this call: off unless switched on.',
    certainty: 'guess',
    source: 'app-automate/api-reference/appium/overview',
  },
];
