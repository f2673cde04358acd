// Codes of what is said about keys and pairs.

/** What is going to happen, or happened, to keys. */
export const KEYS = {
  adopted: {
    cause: 'Somebody rotated the key after the plan was made; theirs counts.',
    mend: 'Nothing.',
  },
  age_starts_anew: {
    cause: 'The new object of a key was made before the old one ended, so its age starts anew.',
    mend: 'Set adopted_key_age to the date in the message.',
  },
  clocks_disagree: {
    cause: "This machine's clock and the service's differ about whether a key is due.",
    mend: 'Set the clock.',
  },
  had_an_object: {
    cause: 'An object of the same key ended in this run, which the plan could not know.',
    mend: 'Apply again.',
  },
  held_back: {
    cause: 'A rotation waits: the key is too young, or a retired credential is still protected.',
    mend: 'Wait, or set minimum_age_days = 0.',
  },
  key_lost: {
    cause: 'The known key is dead, and the new one cannot be seen.',
    mend: 'The guide "Runbook: lost key".',
  },
  key_not_tried: {
    cause: 'The list shows another key, and whether it works is not known.',
    mend: 'Plan again in a minute.',
  },
  kills_for_another: {
    cause: 'A key would be rotated as one object is destroyed, and another object has it.',
    mend: 'Write a moved block, or set rotate_on_destroy = false first.',
  },
  list_lags: {
    cause: 'The list of accounts shows a key that is dead.',
    mend: 'Plan again in a minute.',
  },
  managed_elsewhere: {
    cause: 'A block is to manage a key whose block this plan destroys, as a renamed one does.',
    mend: 'Write a moved block.',
  },
  may_rotate: {
    cause: 'Whether a key rotates is known only during apply.',
    mend: 'Nothing; prefer triggers that are known.',
  },
  not_delivered: {
    cause: 'A store does not hold the key that it should.',
    mend: 'Write the store again, as the message says.',
  },
  not_in_escrow: {
    cause: 'A key was rotated, and its sealed copy could not be kept.',
    mend: 'Mend the directory; the next rotation seals again.',
  },
  not_rotated: {
    cause: 'A rotation failed, and the key is as it was, as far as can be seen.',
    mend: 'Run again.',
  },
  not_verified: {
    cause: 'A key was rotated, and trying the new one did not work out.',
    mend: 'Try it; rotate again if it is refused.',
  },
  own_key: {
    cause: 'The key that the provider runs on would be rotated.',
    mend: 'Run with other credentials.',
  },
  rotated_by_request: {
    cause: 'A key was rotated because its replacement was asked for.',
    mend: 'Nothing.',
  },
  rotated_elsewhere: {
    cause: 'Somebody else rotated, or the result of a rotation got lost.',
    mend: 'on_external_rotation says what happens.',
  },
  rotates_on_destroy: {
    cause: 'A key dies with its object: rotate_on_destroy.',
    mend: 'Set it to false first if that is not meant.',
  },
  stopped_by_rotation_elsewhere: {
    cause: 'A key was rotated elsewhere, and on_external_rotation = "error".',
    mend: 'Find out who did; then adopt or rotate.',
  },
  tainted: {
    cause: 'The object of a key is tainted. The key stays, unless a trigger changes.',
    mend: 'Untaint it, or use -replace to rotate.',
  },
  too_many_rotations: {
    cause: 'A plan is over max_rotations_per_apply.',
    mend: 'Apply in parts, or raise it.',
  },
  waits_for_consumers: {
    cause: 'A pair waits until its consumers use the new credential.',
    mend: 'Have them follow; the message says how to go on without.',
  },
} as const;
