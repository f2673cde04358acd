// What a page says beyond its schema: Markdown beside the example, whose commands a test runs (see test/docs).

/** Sections that every page of an object that calls the API must have. */
const REQUIRED = ['Permissions', 'Requests'];

/** The notes as readers see them: without the stage directions, which stand in comments and behind languages. */
export function published(notes: string): string {
  return notes
    .replaceAll(/^<!--[\s\S]*?-->\n/gmu, '')
    .replaceAll(/^```(\w+) .*$/gmu, '```$1')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
}

/**
 * What notes lack, in words; nothing when they are complete.
 * @param transcript whether there must be a command with its output
 */
export function missing(notes: string | undefined, transcript: boolean): readonly string[] {
  if (notes === undefined) return ['the file itself'];
  const absent = REQUIRED.map((title) => `## ${title}`).filter((heading) => !notes.includes(`${heading}\n`));
  return transcript && !notes.includes('```console\n') ? [...absent, 'a ```console block'] : absent;
}
