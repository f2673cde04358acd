// The real browser that pages are tested in, and the rules of accessibility that they are held to.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, LaunchOptions, Page } from 'playwright-core';
import { describe } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';

export const LAUNCH: LaunchOptions = {
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
};

/** In CI a missing browser is a failure; elsewhere the tests are skipped, and say so. */
export const describeWithBrowser =
  existsSync(CHROMIUM) || process.env.CI ? describe : describe.skip.bind(undefined);

/** How a page is looked at. */
export const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'a phone': { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2 (A and AA) forbids below `selector`: rule and first place of each. */
export async function violations(page: Page, selector = 'html'): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const run = `axe.run(document.querySelector(${JSON.stringify(selector)}), { runOnly: ['wcag2a', 'wcag2aa'] })`;
  const found: { violations: readonly { id: string; nodes: readonly { target: unknown }[] }[] } =
    await page.evaluate(run);
  return found.violations.map(({ id, nodes }) => `${id} at ${String(nodes[0]?.target)}`);
}

/** What any rule of axe forbids on the whole page, experimental ones about names included. */
export async function allViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const run = `axe.run({ rules: { 'label-content-name-mismatch': { enabled: true } } })`;
  const found: { violations: readonly { id: string; nodes: readonly { target: unknown }[] }[] } =
    await page.evaluate(run);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${String(target)}`));
}
