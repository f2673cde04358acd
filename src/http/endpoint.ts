/**
 * One call of the API, declared once. `Answer` is the shape of a successful JSON body; `answer` is the JSON Schema
 * that proves it (unknown extra fields are tolerated, a missing or wrong field is an error that names it).
 */
export interface Endpoint<Answer> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Path below the base URL, e.g. `/user/service-accounts`. */
  readonly path: string;
  /**
   * May this call be sent again after an answer got lost? Declared here, not guessed from the method: the rotation
   * call is a PUT and must never be repeated.
   */
  readonly repeatable: boolean;
  /** Which request budget it draws on. */
  readonly budget: BudgetName;
  /** JSON Schema (draft 2020-12) of a successful body; absent where the body carries nothing of use. */
  readonly answer?: object;
  /** Carries `Answer` for inference only; never present. */
  readonly '~answer'?: Answer;
}

/**
 * `account-management`: 5 at once, then 15 a minute, shared by the whole organization [documented].
 * `automate`: 1,600 in 5 minutes per user [documented; that it governs the rotation call is inferred].
 */
export type BudgetName = 'account-management' | 'automate';
