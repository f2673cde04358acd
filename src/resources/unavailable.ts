import { Problem } from '../errors.ts';

/**
 * A list call that is refused or not there means that the whole API is: says so, with the next step. `what` completes
 * "The API for … is not available".
 */
export function explainUnavailable(
  error: unknown,
  what: string,
  { needsSupport }: { readonly needsSupport: boolean },
): never {
  if (!(error instanceof Problem) || !MEANS_UNAVAILABLE.has(error.code)) throw error;
  const support = needsSupport
    ? 'BrowserStack Support has not enabled the user and team API for the organization (ask them to)'
    : 'the organization is set up on the other host (try base_url = "https://api-enterprise.browserstack.com")';
  throw new Problem({
    code: 'forbidden',
    summary: `The API for ${what} is not available with these credentials`,
    detail: `${error.detail} Either these credentials belong to nobody who may use it (an Owner or Admin; not a service account), or the plan is not Enterprise, or ${support}. The account page of the console shows role and plan.`,
    cause: error,
  });
}

/** 403 and 404 are what third parties saw; 422 is how the provisioning API of the same service says it. */
const MEANS_UNAVAILABLE: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'invalid_input']);
