// A Markdown page that is also a program: its commands are run, and what they print is compared with what it shows.
//
//   ```terraform [FILE]   writes FILE (main.tf), as the reader would
//   ```console            runs each line after `$ `; the lines below it are its output, `...` stands for any lines
//   ```text requests      the requests that were made since the scene began or since the last such block
//
// Between blocks, in HTML comments that no reader sees:
//
//   <!-- scene {YAML} -->        another organization and an empty directory; see scene.ts for what YAML may say
//   <!-- file NAME TEXT -->      writes a file
//   <!-- example FILE -->        writes main.tf: the file of this name beside the page
//   <!-- run COMMANDS -->        runs commands, one a line, that must succeed
//   <!-- elsewhere METHOD PATH --> somebody else calls the API as the Owner
//   <!-- days N -->              time passes
//   <!-- fault {YAML} -->        the server misbehaves from now on
//   <!-- mended -->              and no longer
//   <!-- store refuses -->       the stand-in for a vault takes nothing from now on
//   <!-- store takes -->         and takes it again
//   <!-- store holds NAME TEXT --> somebody puts a text there
//   <!-- forget requests -->     those so far are not counted

export type Part =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly body: string; readonly text: string }
  | { readonly kind: 'console'; readonly steps: readonly Step[] }
  | { readonly kind: 'requests'; readonly body: string }
  | { readonly kind: 'directive'; readonly name: string; readonly body: string; readonly text: string };

export interface Step {
  readonly command: string;
  /** What the page says the command prints, line by line. */
  readonly expected: readonly string[];
}

const PARTS =
  /^```(?<info>[^\n`]*)\n(?<body>[\s\S]*?)^```$|^<!--\s*(?<name>[a-z]+)\b(?<rest>[\s\S]*?)-->$/gmu;
const DIRECTIVES = [
  'scene',
  'file',
  'example',
  'run',
  'elsewhere',
  'days',
  'fault',
  'mended',
  'store',
  'forget',
];

export function partsOf(page: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of page.matchAll(PARTS)) {
    const part = partOf(match[0], match.groups ?? {});
    if (part === undefined) continue;
    parts.push({ kind: 'prose', text: page.slice(end, match.index) }, part);
    end = match.index + match[0].length;
  }
  return [...parts, { kind: 'prose', text: page.slice(end) }];
}

/** The page as it stands, written from its parts. */
export function textOf(part: Part): string {
  if (part.kind === 'console') {
    const steps = part.steps.map(({ command, expected }) => [`$ ${command}`, ...expected].join('\n'));
    // Room after an output, so that the next command is seen.
    const texts = steps.map((text, index) =>
      index > 0 && steps[index - 1]?.includes('\n') ? `\n${text}` : text,
    );
    return `\`\`\`console\n${texts.join('\n')}\n\`\`\``;
  }
  return part.kind === 'requests' ? `\`\`\`text requests\n${part.body}\`\`\`` : part.text;
}

function partOf(
  text: string,
  { info, body = '', name, rest = '' }: Record<string, string>,
): Part | undefined {
  if (name !== undefined)
    return DIRECTIVES.includes(name) ? { kind: 'directive', name, body: rest.trim(), text } : undefined;
  const [language, file] = (info ?? '').split(' ');
  if (language === 'terraform') return { kind: 'file', name: file ?? 'main.tf', body, text };
  if (info === 'text requests') return { kind: 'requests', body };
  return info === 'console' ? { kind: 'console', steps: stepsOf(body) } : undefined;
}

function stepsOf(body: string): readonly Step[] {
  const steps: { command: string; expected: string[] }[] = [];
  for (const line of body.trimEnd().split('\n')) {
    const last = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), expected: [] });
    else if (last === undefined) throw new Error(`a console block begins with a command, not with: ${line}`);
    else last.expected.push(line);
  }
  return steps.map(({ command, expected }) => {
    while (expected.at(-1)?.trim() === '') expected.pop();
    return { command, expected };
  });
}
