/** `browserstack_team.payments.name`, taken apart. */
export interface Reference {
  readonly address: string;
  readonly attribute: string;
  /** As written, for messages. */
  readonly text: string;
}

export type TemplatePart = string | Reference;

/** A string that uses more of Terraform's language than can be evaluated without Terraform. */
export class Unsupported {
  readonly expression: string;

  constructor(expression: string) {
    this.expression = expression;
  }
}

const REFERENCE = /^\s*([A-Za-z][\w-]*)\.([A-Za-z_][\w-]*)\.([A-Za-z_]\w*)\s*$/u;
/** Roots that look like a resource type and are none. */
const OTHER_ROOTS = new Set(['var', 'local', 'data', 'module', 'each', 'count', 'path', 'terraform', 'self']);

/** Text as it stands in a configuration so that Terraform takes it for text, whatever is in it. */
export function asLiteral(text: string): string {
  return text.replace(/[$%](?=\{)/gu, '$&$&');
}

/**
 * Takes a string of a JSON configuration apart: literal text (with `$${` and `%%{` unescaped) and references to
 * attributes of resources. Everything else of the language is reported, never guessed at.
 */
export function parseTemplate(text: string): readonly TemplatePart[] | Unsupported {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const three = text.slice(at, at + 3);
    if (three === '$${' || three === '%%{') {
      literal += three.slice(1);
      at += 3;
    } else if (three.startsWith('%{')) {
      return new Unsupported(text.slice(at));
    } else if (three.startsWith('${')) {
      const end = text.indexOf('}', at);
      const expression = end === -1 ? text.slice(at) : text.slice(at, end + 1);
      const reference = end === -1 ? undefined : referenceIn(text.slice(at + 2, end));
      if (reference === undefined) return new Unsupported(expression);
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(reference);
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== '' || parts.length === 0) parts.push(literal);
  return parts;
}

function referenceIn(expression: string): Reference | undefined {
  const [, type, name, attribute] = REFERENCE.exec(expression) ?? [];
  if (type === undefined || name === undefined || attribute === undefined || OTHER_ROOTS.has(type))
    return undefined;
  return { address: `${type}.${name}`, attribute, text: expression.trim() };
}
