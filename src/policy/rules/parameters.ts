// Parameters that several rules have, each with its default.

export function number(description: string, value: number) {
  return { description, schema: { type: 'integer', minimum: 0, default: value } } as const;
}

export function texts(description: string, value: readonly string[]) {
  return {
    description,
    schema: { type: 'array', items: { type: 'string', minLength: 1 }, default: value },
  } as const;
}

export function label(value: string) {
  return {
    description:
      'A label that an owner sets on the pull request to approve it; the review is told by --labels.',
    schema: { type: 'string', minLength: 1, default: value },
  } as const;
}
