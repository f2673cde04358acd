// Pages of HTML from parts. Every text is escaped, and what is hidden in it is visible; only `html` makes markup.

import { visible } from '../../visible.ts';

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | undefined | Html | readonly Part[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((text, index) => text + (index < parts.length ? markup(parts[index]) : '')).join(''),
  );
}

function markup(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(markup).join('');
  return visible(String(part)).replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
