import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { asking, owner, seed } from './organization.ts';

const CHROMIUM = '/usr/bin/chromium';
const missing = !existsSync(CHROMIUM);
if (missing && process.env.CI === 'true')
  throw new Error(`${CHROMIUM} is missing; CI installs it with apt-get`);
if (missing) process.stderr.write(`SKIPPED: the console is not tested, ${CHROMIUM} is missing\n`);

describe.skipIf(missing)('the console in a real Chromium', () => {
  let browser: Browser;
  let stack: LocalBrowserStack;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await page.close();
    await stack.close();
  });

  async function open(options: Parameters<typeof createLocalBrowserStack>[0] = {}) {
    stack = await createLocalBrowserStack({ seed, ...options });
    const { url } = await stack.listen();
    page = await browser.newPage();
    complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.getByRole('heading', { name: 'Acme Inc.' }).waitFor();
    return asking(fetch, url);
  }
  const answer = (yes: string) =>
    page.getByRole('alertdialog').getByRole('button', { name: yes, exact: true }).click();
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });
  const signInAs = (username: string) => page.getByLabel('Signed in as').selectOption(username);

  test('the Owner adds an account, recycles a key, deletes one: drift made by hand', async () => {
    await open();
    await page.getByLabel('Identifier').fill('payments-ci');
    await page.getByLabel('Team (optional)').selectOption('Web');
    await page.getByRole('button', { name: 'Add account' }).click();
    await row('payments-ci').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('payments-ci was created.');
    expect(stack.accounts().at(-1)).toMatchObject({ identifier: 'payments-ci', team: 'Web' });
    await page.getByRole('button', { name: 'Recycle key of web-ci' }).click();
    await answer('Recycle key');
    await expect.poll(() => stack.accounts()[0]?.accessKey).not.toBe('web-ci-key');
    await page.getByRole('button', { name: 'Delete nightly' }).click();
    await answer('Delete');
    await row('nightly').waitFor({ state: 'detached' });
    expect(stack.accounts().map(({ identifier }) => identifier)).toEqual([
      'web-ci',
      'mobile-ci',
      'payments-ci',
    ]);
    expect(stack.requests()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('an account is renamed and moved, as the Owner may; a Team Admin only renames', async () => {
    await open();
    await page.getByRole('button', { name: 'Edit web-ci' }).click();
    await page.getByLabel('Rename to').fill('mobile-nightly');
    await page.getByLabel('Move to').selectOption('Mobile');
    await page.getByRole('button', { name: 'Save' }).click();
    await row('mobile-nightly').getByRole('cell', { name: 'Mobile', exact: true }).waitFor();
    const moved = {
      identifier: 'mobile-nightly',
      username: 'webci_1',
      accessKey: 'web-ci-key',
      team: 'Mobile',
    };
    expect(stack.accounts()[0]).toEqual(moved);
    await page.getByRole('button', { name: 'Edit nightly', exact: true }).click();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Edit mobile-nightly' }).click();
    await page.getByLabel('Move to').selectOption('Web');
    await page.getByRole('button', { name: 'Save' }).click();
    await signInAs('tara');
    await row('nightly_1').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit mobile-nightly' }).click();
    expect(await page.getByLabel('Move to').isDisabled()).toBe(true);
    await page.getByLabel('Rename to').fill('NIGHTLY');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Identifier has already been taken.').waitFor();
    await page.keyboard.press('Escape');
    expect(stack.accounts()[0]).toEqual({ ...moved, team: 'Web' });
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });

  test('keys are hidden until one is asked for, and never in the page before', async () => {
    await open();
    await row('web-ci').waitFor();
    expect(await page.content()).not.toContain('web-ci-key');
    await page.getByRole('button', { name: 'Show the key of web-ci' }).click();
    await page.getByText('web-ci-key').waitFor();
    expect(await page.content()).not.toContain('nightly-key');
    await page.getByRole('button', { name: 'Hide the key of web-ci' }).click();
    await page.getByText('web-ci-key').waitFor({ state: 'detached' });
  });

  test('each role sees what the page says', async () => {
    await open();
    await signInAs('tara');
    await expect.poll(() => page.locator('#accounts-rows tr').count()).toBe(1);
    expect(await page.getByLabel('Team (optional)').locator('option').allTextContents()).toEqual(['Web']);
    expect(await page.getByRole('button', { name: /^Delete the team/ }).count()).toBe(0);
    await signInAs('uma');
    await page.getByText('Owner or Admin access is required').waitFor();
    expect(await page.getByRole('button', { name: /^(Add|Edit|Recycle|Delete)/ }).count()).toBe(0);
    expect(await page.getByLabel('Manage Data Access').isDisabled()).toBe(true);
    expect(stack.accounts()).toHaveLength(3);
  });

  test('requests, the budget and sessions show up by themselves; faults are armed by a click', async () => {
    const ask = await open();
    await ask(owner, 'GET /user/team_detail?secret=olivia-key');
    await row('/user/team_detail').waitFor();
    await page.getByText('4 of 5 left').waitFor();
    await page.getByLabel('What').selectOption('status');
    await page.getByRole('button', { name: 'Arm fault' }).click();
    await page.locator('#faults li').waitFor();
    expect((await ask(owner, 'GET /user/team_detail')).status).toBe(503);
    await row('503').waitFor();
    await page.locator('#faults li').waitFor({ state: 'detached' });
    const capabilities = {
      alwaysMatch: { 'bstack:options': { userName: 'nightly_1', accessKey: 'nightly-key' } },
    };
    await ask(undefined, 'POST /wd/hub/session', { body: JSON.stringify({ capabilities }) });
    await page.locator('#sessions-rows').getByText('nightly').waitFor();
    expect(await page.content()).not.toContain('olivia-key');
  });

  test('no name becomes markup', async () => {
    const nasty = '<img src=x onerror="document.title=1">';
    await open({ seed: { ...seed, service_accounts: [{ identifier: nasty, team: 'Web' }] } });
    await page.getByRole('cell', { name: nasty, exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('every control has a name, works by keyboard, and fits a phone in light and dark', async () => {
    await open();
    await row('web-ci').waitFor();
    const namesOf = async (within: string) => {
      const controls = page.locator(`${within} :is(button, input, select):visible`);
      return Promise.all((await controls.all()).map((control) => control.ariaSnapshot()));
    };
    const names = await namesOf('body');
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) expect(name).toMatch(/"[^"]+"/);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the service accounts');
    await page.getByLabel('Identifier').focus();
    await page.keyboard.type('by-keyboard');
    await page.keyboard.press('Enter');
    await row('by-keyboard').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        expect(await page.evaluate(contrastProblems)).toEqual([]);
      }
    }
    await page.getByRole('button', { name: 'Edit web-ci' }).press('Enter');
    const inDialog = await namesOf('dialog');
    expect(inDialog).toHaveLength(4);
    for (const name of inDialog) expect(name).toMatch(/"[^"]+"/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate(contrastProblems)).toEqual([]);
    }
  });
});

/** Texts whose contrast with what is behind them is under 4.5, as WCAG asks; run in the page. */
const contrastProblems = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = rgba(color).slice(0, 3).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (rgba(color)[3] === 255) return color;
    }
    return 'white';
  };
  return [...document.querySelectorAll('h1, h2, p, label, th, td, button:enabled, code, span')].filter((node) => node.textContent.trim() !== '').filter((node) => {
    const [a, b] = [luminance(getComputedStyle(node).color), luminance(behind(node))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05) < 4.5;
  }).map((node) => node.outerHTML.slice(0, 80));
})()`;
