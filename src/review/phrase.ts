// Sentences in which every name from outside stands as a name: whoever writes them out makes it harmless for the place
// where it is read, and cannot forget one.

export type Part =
  | string
  /** A name from outside: an identifier, an address, a consumer. */
  | { readonly name: string }
  /** A command to copy; names in it are quoted for a shell already. */
  | { readonly command: string }
  | { readonly strong: Phrase };

export type Phrase = readonly Part[];

/** A template whose texts are names, whose numbers are numbers, and whose phrases are part of it. */
export function say(fixed: TemplateStringsArray, ...values: readonly (string | number | Phrase)[]): Phrase {
  return fixed.flatMap((text, index): Part[] => {
    const value = values[index];
    const before = text === '' ? [] : [text];
    if (value === undefined) return before;
    if (typeof value === 'number') return [...before, String(value)];
    if (typeof value === 'string') return [...before, { name: value }];
    return [...before, ...value];
  });
}

export function strong(phrase: Phrase): Phrase {
  return [{ strong: phrase }];
}

export function command(text: string): Phrase {
  return [{ command: text }];
}

/** With something between them; empty ones are left out. */
export function joined(phrases: readonly Phrase[], between: string): Phrase {
  return phrases
    .filter(({ length }) => length > 0)
    .flatMap((phrase, index) => (index === 0 ? phrase : [between, ...phrase]));
}

/** "a", "a and b", "a, b and c". */
export function listed(phrases: readonly Phrase[]): Phrase {
  const last = phrases.at(-1);
  if (last === undefined || phrases.length === 1) return last ?? [];
  return [...joined(phrases.slice(0, -1), ', '), ' and ', ...last];
}

/** The first few names, and how many more there are. */
export function named(names: readonly string[], most = 3): Phrase {
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const more = names.length - shown.length;
  const phrases = shown.map((name) => say`${name}`);
  return more === 0 ? listed(phrases) : [...joined(phrases, ', '), ` and ${more} more`];
}

/** "1 key", "3 keys". */
export function count(many: number, one: string, several = `${one}s`): string {
  return `${many} ${many === 1 ? one : several}`;
}

/** Made for `bold` sentences at the start of a paragraph: the first letter is a capital one, unless it is a name. */
export function sentence(phrase: Phrase): Phrase {
  const [first, ...rest] = phrase;
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : phrase;
}

/** Each part written by `write`: how names, commands and stress look is the reader's place to say. */
export function written(
  phrase: Phrase,
  write: {
    readonly text: (text: string) => string;
    readonly name: (name: string) => string;
    readonly command: (command: string) => string;
    readonly strong: (inner: string) => string;
  },
): string {
  return phrase
    .map((part) => {
      if (typeof part === 'string') return write.text(part);
      if ('name' in part) return write.name(part.name);
      if ('command' in part) return write.command(part.command);
      return write.strong(written(part.strong, write));
    })
    .join('');
}
