/** Why a key is rotated, as codes for whoever reads plans by machine. Closed: a new one needs a word in every reader. */
export const causes = {
  trigger: 'the value of a trigger changed',
  age: 'it was due',
  external: 'it was rotated elsewhere, which may have satisfied another cause',
  replace_requested: 'its replacement was asked for',
  recovered: 'the key was lost, and a new one was given',
} as const;

export type Cause = keyof typeof causes;
