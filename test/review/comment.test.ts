import { lexer, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/review/change.ts';
import { jsonLine } from '../../src/review/output/json.ts';
import { comment } from '../../src/review/output/markdown/comment.ts';
import { bytesOf, DIALECTS, type Dialect } from '../../src/review/output/markdown/dialect.ts';
import { codeSpan } from '../../src/review/output/markdown/inline.ts';
import { reviewAsText } from '../../src/review/output/text.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { type Review, reviewPlan } from '../../src/review/review.ts';
import { visible } from '../../src/review/visible.ts';
import { reviewedOf } from './plans.ts';
import { scenarios } from './recording/scenarios/index.ts';

const dialects = Object.values(DIALECTS);
const DIGEST = '57b0c1e9d3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0';

const write = (review: Review, dialect: Dialect, findings = reviewedOf('hostile-names').findings) =>
  comment(review, findings, { dialect, stack: 'acme', plan: DIGEST });

/** Every token of a comment, at whatever depth. */
function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  const open: Token[] = lexer(text, { gfm: true });
  for (let token = open.shift(); token !== undefined; token = open.shift()) {
    found.push(token);
    if ('tokens' in token && token.tokens !== undefined) open.push(...token.tokens);
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      open.push(...[header, ...rows].flatMap((cells) => cells.flatMap((cell) => cell.tokens)));
    }
    if (token.type === 'list') open.push(...(token as Tokens.List).items);
  }
  return found;
}

/** Folds closed, fences closed, tables of one width, and no tag but ours. */
function expectWhole(text: string, dialect: Dialect): void {
  expect(bytesOf(text)).toBeLessThanOrEqual(dialect.limit);
  const tokens = tokensOf(text);
  const tags = tokens
    .filter(({ type }) => type === 'html')
    .flatMap(({ raw }) => raw.match(/<[^>]*>/gu) ?? []);
  const allowed = dialect.html
    ? ['<details>', '<summary>', '</summary>', '</details>', '<sub>', '</sub>']
    : [];
  expect(tags.filter((tag) => !allowed.includes(tag))).toEqual([]);
  const opened = (tag: string) => tags.filter((one) => one === tag).length;
  for (const tag of ['details', 'summary', 'sub']) expect(opened(`</${tag}>`)).toBe(opened(`<${tag}>`));
  expect(tokens.filter(({ type }) => type === 'link' || type === 'image')).toEqual([]);
  expect((text.match(/^```/gmu) ?? []).length % 2).toBe(0);
  const widths = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replace(/\\\|/gu, '').match(/\|/gu)?.length);
  const tables = tokens.filter(({ type }) => type === 'table').length;
  expect(tables).toBe(text.split('\n').filter((line) => /^\|(?: :?-+:? \|)+$/u.test(line)).length);
  expect(widths.every((width) => width !== undefined && width > 2)).toBe(true);
}

describe.each(dialects)('a comment on $name', (dialect) => {
  it.each(scenarios)('is whole: $name', ({ name }) => {
    const { review, findings } = reviewedOf(name);
    expectWhole(write(review, dialect, findings), dialect);
  });

  it('shows what is hostile as it is, and does nothing of it', () => {
    const { review, findings } = reviewedOf('hostile-names');
    const text = write(review, dialect, findings);
    expectWhole(text, dialect);
    const code = tokensOf(text).filter(({ type }) => type === 'codespan');
    expect(code.some((token) => 'text' in token && String(token.text).includes('https://evil.example'))).toBe(
      true,
    );
    // Outside of code nothing of a name is left.
    const outside = tokensOf(text)
      .filter(({ type }) => type === 'text')
      .map(({ raw }) => raw)
      .join('\n');
    for (const bad of [
      'evil.example',
      '@acme',
      'fixes #1',
      '<script',
      '::error',
      '##vso',
      '</details>',
      'FAIL',
      ':tada:',
      '$(curl',
    ])
      expect(outside).not.toContain(bad);
    expect(text).not.toMatch(/\u202e|^::|^\/|##vso\[/mu);
    expect(text.match(/browserstack-iac:review:v1 stack=acme/gu)).toHaveLength(1);
  });
});

/** A plan with so many keys that rotate, each with long names. */
function fleet(size: number): Review {
  const rows = Array.from({ length: size }, (_, i) => {
    const values = {
      username: `fleet_${i}`,
      consumers: [`GitHub: acme/${'long-name-'.repeat(8)}${i}`],
      rotate_after_days: i % 2 === 0 ? 90 : null,
    };
    return {
      address: `browserstack_access_key.fleet["${i}"]`,
      mode: 'managed',
      type: 'browserstack_access_key',
      name: 'fleet',
      index: String(i),
      change: {
        actions: ['update'],
        before: { ...values, generation: 1, triggers: { q: '1' }, key_fingerprint: 'a' },
        after: { ...values, generation: 2, triggers: { q: '2' } },
        after_unknown: { key_fingerprint: true },
      },
    };
  });
  return reviewPlan(
    readPlan(JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: rows }), 'p'),
  );
}

/** Accounts that are replaced: each has a row of its own, for each is another danger. */
function replaced(size: number): Review {
  const rows = Array.from({ length: size }, (_, i) => ({
    address: `browserstack_service_account.a${i}`,
    mode: 'managed',
    type: 'browserstack_service_account',
    name: `a${i}`,
    change: {
      actions: ['delete', 'create'],
      before: { identifier: `account-${i}`, username: `u_${i}`, consumers: [`C ${i}`], team: `T${i % 3}` },
      after: { identifier: `account-${i}-new`, consumers: [`C ${i}`], team: `T${i % 3}` },
      after_unknown: { username: true },
      replace_paths: [['identifier']],
    },
  }));
  return reviewPlan(
    readPlan(JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: rows }), 'p'),
  );
}

describe('what does not fit', () => {
  it.each(dialects)('is left out from the least dangerous end, whole rows at a time ($name)', (dialect) => {
    for (const review of [fleet(5000), replaced(3), replaced(5000)]) {
      const text = write(review, dialect, []);
      expectWhole(text, dialect);
      expect(text).toMatch(/^### 🔴|^### 🟡/mu);
    }
  });

  it('is told of in the last line, with where all of it is', () => {
    const text = comment(fleet(5000), [], {
      dialect: DIALECTS.github,
      stack: 'acme',
      allOfIt: 'artifact review.json',
    });
    expect(text).toMatch(
      /Left out, because a comment may not be longer: [\d]+ rows of details\*\*\. All of it: `artifact review\.json`<\/sub>\n$/u,
    );
    expect(text).toMatch(/\| … \d+ more \|/u);
  });

  it('is nothing of the heading, the causes and the way out', () => {
    const text = write(replaced(5000), DIALECTS.bitbucket, []);
    expect(text).toContain('cuts off 5000 consumers, cannot be undone');
    expect(text).toContain('**Another identifier is another account**');
    expect(text).toContain('**Instead:**');
  });

  it('a row that stands for many stays one row', () => {
    const text = write(fleet(5000), DIALECTS.bitbucket, []);
    expect(text).toContain('5000 keys `browserstack_access_key.fleet[*]`');
  });
});

describe('a name', () => {
  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a```b', '````a```b````'],
    ['', '`  `'],
    [' a ', '`  a  `'],
    ['a|b', '`a|b`'],
    ['line\nbreak', '`line\\nbreak`'],
    ['\u202egnp', '`\\u202egnp`'],
    ['zero\u200bwidth', '`zero\\u200bwidth`'],
    ['\ud800', '`\\ud800`'],
    ['##vso[task.setvariable]x', '`#\\u0023vso[task.setvariable]x`'],
    ['##[error]x', '`#\\u0023[error]x`'],
    ['issue ##1', '`issue ##1`'],
  ])('%j is %s', (name, shown) => {
    expect(codeSpan(name, 'text')).toBe(shown);
  });

  it('does not end a cell', () => {
    expect(codeSpan('a|b', 'cell')).toBe('`a\\|b`');
  });

  it('is one line of what can be seen, whatever it holds', () => {
    for (let code = 0; code < 0x3000; code++)
      expect(visible(`a${String.fromCodePoint(code)}b`)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});

describe('the log of a job', () => {
  const { review, findings } = reviewedOf('hostile-names');

  it('finds no command in the text: no line begins with a name', () => {
    for (const line of reviewAsText(review, findings, '::error::x\n::warning::y').split('\n')) {
      expect(line.trimStart()).not.toMatch(/^::/u);
      expect(line).not.toMatch(/##(?:vso)?\[|\u001b/u);
    }
  });

  it('finds none in what a refusal says', () => {
    const summary = 'x\n::error::y';
    const diagnostic = {
      severity: 'error' as const,
      summary,
      detail: 'a\n::error file=x::boom\n##vso[x]y',
      code: 'protected',
      address: 'a',
      file: undefined,
    };
    const refused = reviewPlan(readPlan('{"format_version":"1.2","planned_values":{}}', 'p'), {
      diagnostics: [diagnostic],
    });
    for (const line of reviewAsText(refused, [], 'acme').split('\n'))
      expect(line.trimStart()).not.toMatch(/^::|##vso\[/u);
  });

  it('finds none in JSON, which reads as the same', () => {
    const text = jsonLine({ name: '##vso[task.setvariable variable=x]y' });
    expect(text).not.toContain('##vso');
    expect(JSON.parse(text)).toEqual({ name: '##vso[task.setvariable variable=x]y' });
  });
});

it('a map holds generated ids and letters only', () => {
  const { review } = reviewedOf('identifier-changed');
  const hostile: Review = {
    ...review,
    changes: review.changes.map(
      (change): Change => ({
        ...change,
        name: 'x"] --> y; click a "javascript:alert(1)"\n%%{init}%%',
        consumers: ['<b>"]end', '🦊'],
      }),
    ),
  };
  const text = write(hostile, DIALECTS.github, []);
  const chart = /```mermaid\n(.*?)```/su.exec(text)?.[1] ?? '';
  expect(chart).toContain('flowchart LR');
  for (const line of chart.trim().split('\n').slice(1, -2))
    expect(line).toMatch(/^ {2}\w+(?:(?:\[|\(\[)"[\p{L}\p{N} ._()<>/-]+"(?:\]|\]\))| --> \w+)$/u);
});
