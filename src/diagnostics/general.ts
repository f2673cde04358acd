// Codes of errors that have none of their own: those of src/errors.ts.

/** Errors of a kind that has no code of its own. */
export const GENERAL = {
  invalid_input: {
    cause: 'A value is wrong; the path says which.',
    mend: 'Correct it as the message says.',
  },
  unauthorized: {
    cause: 'The credentials of the provider are missing, wrong or no longer valid.',
    mend: 'Give working ones; the guide "Runbook: locked out" has the ways back.',
  },
  forbidden: {
    cause: "The credentials may not do this, or the organization's plan lacks it.",
    mend: 'Use those of an Owner or Admin.',
  },
  not_found: {
    cause: 'An object does not exist, or these credentials do not see it.',
    mend: 'Correct the name, or create it first.',
  },
  conflict: {
    cause: 'A name is taken or ambiguous.',
    mend: 'Choose another, or say which is meant.',
  },
  rate_limited: {
    cause: 'The request budget of the organization is used up. Nothing was executed.',
    mend: 'Run again later; the guide "Runbook: 429 storm".',
  },
  unreachable: {
    cause: 'The service, or the proxy before it, cannot be reached. Nothing was executed.',
    mend: 'Check network, proxy and base_url, then run again.',
  },
  unclear_outcome: {
    cause: 'The answer to a change got lost, and looking did not tell what became of it.',
    mend: 'Check what the message names, then run again: it looks first.',
  },
  unexpected_answer: {
    cause:
      'The service answered something that this version does not understand. Nothing was concluded from it.',
    mend: 'Run again; if it stays, check base_url and proxies, then report it.',
  },
  refused: { cause: 'A protection forbids it.', mend: 'The message says how to lift it.' },
  stale: { cause: 'The world changed since the plan was made.', mend: 'Plan again.' },
  canceled: { cause: 'The run was interrupted.', mend: 'Run again.' },
  internal: { cause: 'A bug of the provider.', mend: 'Report it with the steps that led to it.' },
} as const;
