// What each forge makes of Markdown, and how much of it. Sources stand beside the numbers.

export interface Dialect {
  readonly name: 'github' | 'github-summary' | 'gitlab' | 'bitbucket' | 'azure';
  /** Bytes of UTF-8 that are never exceeded. */
  readonly limit: number;
  /** `<details>` folds. Elsewhere a heading stands for it. */
  readonly folds: boolean;
  /** `<sub>`, `<br>`: elsewhere tags are shown as they are written. */
  readonly html: boolean;
  /** How long a Mermaid chart may be; 0 where none is drawn. */
  readonly chart: number;
}

export const DIALECTS: Readonly<Record<Dialect['name'], Dialect>> = {
  // 65,536 characters are accepted everywhere, also by older Enterprise servers; github.com refuses from 262,144 bytes on.
  github: { name: 'github', limit: 65_000, folds: true, html: true, chart: 1800 },
  // 1,024 KiB for each step (docs.github.com, "Adding a job summary").
  'github-summary': { name: 'github-summary', limit: 1_000_000, folds: true, html: true, chart: 1800 },
  // 1,000,000 characters for a note; Mermaid only up to 2,000 characters a page (gitlab#331076).
  gitlab: { name: 'gitlab', limit: 990_000, folds: true, html: true, chart: 1800 },
  // 32,768 characters; no HTML at all (BCLOUD-18711).
  bitbucket: { name: 'bitbucket', limit: 32_000, folds: false, html: false, chart: 0 },
  // 150,000 characters; Mermaid in wikis only.
  azure: { name: 'azure', limit: 140_000, folds: true, html: true, chart: 0 },
};

export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
