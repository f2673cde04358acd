// The report in a real browser: readable for everybody, in every light, on paper, and without anything from elsewhere.

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report, ReportedKey } from '../../src/cli/report/facts.ts';
import { page as pageOf } from '../../src/cli/report/page.ts';
import { allViolations, describeWithBrowser, LAUNCH, LOOKS } from '../helpers/browser.ts';

const AT = new Date('2026-11-27T09:00:00.000Z');
const DAY = 86_400_000;
const NAMES = ['payments-ci', 'search-ci', '<script>alert(1)</script>', 'x'.repeat(120), 'nightly'];

function key(index: number): ReportedKey {
  const ageDays = index % 7 === 6 ? undefined : (index * 13) % 250;
  const managed = index % 5 !== 4;
  return {
    identifier: `${NAMES[index % NAMES.length]}-${index}`,
    username: `user_${index}`,
    team: index % 3 === 0 ? undefined : 'Payments',
    fingerprint: '0123456789abcdef',
    managed,
    paired: index % 11 === 0,
    generation: 2,
    rotatedAt: ageDays === undefined ? undefined : new Date(AT.getTime() - ageDays * DAY),
    ageDays,
    dueAt: ageDays === undefined ? undefined : new Date(AT.getTime() + (90 - ageDays) * DAY),
    status: managed ? (index % 9 === 8 ? 'changed_elsewhere' : 'current') : 'unmanaged',
    consumers: ['GitHub: acme/payments', 'Jenkins: nightly & co'],
    address: managed ? `browserstack_access_key.all["${index}"]` : undefined,
    owner: managed ? 'jane@acme.test' : undefined,
    rotateAfterDays: 90,
    countedFrom: ageDays === undefined ? undefined : 'rotation',
    cause: 'age',
    reason: undefined,
    overdue: (ageDays ?? 0) > 90,
    tooOld: ageDays === undefined ? undefined : ageDays > 90,
    waivers: [],
    deliveries: managed
      ? [
          {
            address: 'browserstack_key_delivery.a',
            store: 'vault: a',
            confirmedAt: undefined,
            current: index % 2 === 0,
          },
        ]
      : [],
  };
}

const report: Report = {
  at: AT,
  organization: 'Acme Inc.',
  keys: Array.from({ length: 60 }, (_, index) => key(index)),
  unseen: ['gone_1'],
  maxAge: 90,
  policy: { file: 'browserstack.policy.json', sha256: undefined },
  waivers: [
    {
      rule: 'max-key-age',
      subject: { identifier: 'old-*' },
      owner: 'jane@acme.test',
      reason: 'moved',
      ticket: 'SEC-1',
      until: '2026-01-01',
      place: 'x:1',
    },
  ],
  reviews: [
    {
      stack: 'acme',
      verdict: 'danger',
      headline: 'cuts off 2 pipelines, cannot be undone',
      source: {
        commit: 'a1b2c3d4e5f6a7b8',
        timestamp: '2026-11-27T08:00:00.000Z',
        plan_sha256: null,
        tfplan_sha256: null,
      },
      changes: [],
      findings: [
        {
          rule: 'max-rotations',
          level: 'error',
          address: null,
          identifier: null,
          message: '12 keys rotate',
          fix: 'Two pull requests.',
          waived: null,
        },
      ],
    },
  ],
  states: ['terraform.tfstate'],
};

describeWithBrowser('the page of a report', () => {
  let browser: Browser;
  let directory: string;
  beforeAll(async () => {
    browser = await chromium.launch(LAUNCH);
    directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-report-'));
    writeFileSync(join(directory, 'report.html'), pageOf(report, '0.1.0'));
  });
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true, force: true });
  });
  const open = async (look: object) => {
    const page = await browser.newPage(look);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => asked.push(message.text()));
    page.on('dialog', (dialog) => asked.push(dialog.message()));
    await page.goto(pathToFileURL(join(directory, 'report.html')).href);
    return { page, asked };
  };

  it.each(Object.entries(LOOKS))('is readable for everybody: %s', async (name, look) => {
    const { page, asked } = await open(look);
    if (process.env.SCREENSHOTS)
      await page.screenshot({
        path: join(process.env.SCREENSHOTS, `report-${name.replace(' ', '-')}.png`),
        fullPage: false,
      });
    expect(await allViolations(page)).toEqual([]);
    const wider = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(wider).toBe(0);
    expect(asked).toHaveLength(1);
    await page.close();
  });

  it('is gone through by keyboard', async () => {
    const { page } = await open({});
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the report');
    for (const section of ['Ages', 'Due', 'Not as declared']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe(section);
    }
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#drift$/u);
    await page.close();
  });

  it('is whole on paper', async () => {
    const { page } = await open({});
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });
});
