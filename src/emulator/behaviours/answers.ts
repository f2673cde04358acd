import { defineBehaviours } from './behaviour.ts';

const INTRODUCTION = 'enterprise/api-reference/introduction';

/** What is open about limits and the shape of answers in general. */
export const answerBehaviours = defineBehaviours([
  {
    name: 'rate-limit-algorithm',
    question: 'How are 5 at once and one per 4 seconds counted?',
    default: 'token-bucket',
    choices: ['token-bucket', 'counting-refusals', 'nginx'],
    reason:
      'Fits both sentences. Refusals do not consume, 401 is answered before counting, 403 consumes. nginx lets 6 pass.',
    certainty: 'inferred',
    source: INTRODUCTION,
  },
  {
    name: 'throttled-answer',
    question: 'What does a 429 look like?',
    default: 'bare',
    choices: ['bare', 'retry-after', 'json'],
    reason: 'Neither body nor Retry-After is described: the default is the worst case for a client.',
    certainty: 'guess',
    source: INTRODUCTION,
  },
  {
    name: 'unknown-path',
    question: 'What does an unknown path answer?',
    default: 'html',
    choices: ['html', 'json'],
    reason: 'A probe of the host shows a default page of nginx, whatever Accept says.',
    certainty: 'inferred',
    source: 'a third-party probe of api.browserstack.com',
  },
  {
    name: 'wrong-method',
    question: 'What does a known path answer to a wrong method?',
    default: '404',
    choices: ['404', '405'],
    reason: 'Rails routes by method.',
    certainty: 'inferred',
    source: INTRODUCTION,
  },
  {
    name: 'path-suffix',
    question: 'Is a trailing slash, or .json on /user/*, accepted?',
    default: 'accept',
    strict: '404',
    choices: ['accept', '404'],
    reason: 'Rails accepts both; no page shows either.',
    certainty: 'guess',
    source: INTRODUCTION,
  },
  {
    name: 'list-order',
    question: 'In which order are lists?',
    default: 'creation',
    choices: ['creation', 'reverse', 'shuffled'],
    reason: 'No page says; a client must not rely on any.',
    certainty: 'guess',
    source: INTRODUCTION,
  },
  {
    name: 'read-delay',
    question: 'How long after a write do lists still show the old state?',
    default: 0,
    unit: 'seconds',
    maximum: 3600,
    reason: 'Unknown; a client should tolerate a short delay.',
    certainty: 'guess',
    source: INTRODUCTION,
  },
  {
    name: 'extra-fields',
    question: 'Do answers carry fields no page names?',
    default: 'none',
    choices: ['none', 'some'],
    reason: 'A service may add fields at any time; clients must ignore them.',
    certainty: 'guess',
    source: INTRODUCTION,
  },
]);
