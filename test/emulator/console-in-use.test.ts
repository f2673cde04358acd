// The console under the hands of people: with a keyboard, on a phone, while others change things, and offline.

import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { allViolations, describeWithBrowser, LAUNCH } from '../helpers/browser.ts';
import { asking, type Client, owner, seed } from './organization.ts';

describeWithBrowser('the console in use', () => {
  let browser: Browser;
  let stack: LocalBrowserStack;
  let page: Page;
  let ask: Client['ask'];
  let failures: string[];
  beforeAll(async () => {
    browser = await chromium.launch(LAUNCH);
  });
  afterAll(() => browser.close());
  beforeEach(() => open());
  afterEach(async () => {
    await page.context().close();
    await stack.close();
    expect(failures).toEqual([]);
  });

  async function open(options: Parameters<typeof createLocalBrowserStack>[0] = {}) {
    stack = await createLocalBrowserStack({ seed, ...options });
    const { url } = await stack.listen();
    ask = asking(fetch, url);
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    failures = [];
    // What rejects without being heard comes as an error of the page.
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(url);
    await page.getByRole('heading', { name: /^Acme Inc\./ }).waitFor();
    await row('nightly').waitFor();
  }
  async function reopen(options: Parameters<typeof createLocalBrowserStack>[0]) {
    await page.context().close();
    await stack.close();
    await open(options);
  }
  /** The page looks every two seconds. */
  const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('alertdialog');
  const notice = () => page.getByRole('status').textContent();
  const focused = () => page.evaluate('document.activeElement.textContent.trim()');
  const signInAs = (username: string) => page.getByLabel('Signed in as').selectOption(username);
  /** A request of somebody else, until the page shows it. */
  async function foreignRequest() {
    const count = stack.requests().length + 1;
    await ask(owner, 'GET /user/team_detail');
    await page.getByText(`(${count})`, { exact: true }).waitFor();
  }

  test('the focus stays where it is while others send requests', async () => {
    await button('Edit nightly').focus();
    await foreignRequest();
    expect(await focused()).toBe('Edit nightly');
    await page.getByLabel('Identifier').fill('half-typ');
    await foreignRequest();
    await page.keyboard.type('ed');
    expect(await page.getByLabel('Identifier').inputValue()).toBe('half-typed');
    await page.locator('#add-fault select').first().focus();
    await foreignRequest();
    expect(await page.evaluate('document.activeElement.name')).toBe('kind');
  });

  test('after an action it is where people look for it', async () => {
    await button('Show the key of web-ci').press('Enter');
    await page.getByText('web-ci-key').waitFor();
    expect(await focused()).toBe('Hide the key of web-ci');
    await button('Recycle key of web-ci').press('Enter');
    expect(await focused()).toBe('Cancel');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await soon(() => stack.accounts()[0]?.accessKey).not.toBe('web-ci-key');
    await soon(focused).toBe('Recycle key of web-ci');
    await button('Delete mobile-ci').press('Enter');
    await dialog().getByRole('button', { name: 'Delete' }).press('Enter');
    await row('mobile-ci').waitFor({ state: 'detached' });
    await soon(focused).toBe('Delete nightly');
    await button('Delete nightly').press('Enter');
    await dialog().getByRole('button', { name: 'Delete' }).press('Enter');
    await row('nightly').waitFor({ state: 'detached' });
    await soon(focused).toBe('Delete web-ci');
    await button('Delete web-ci').press('Enter');
    await dialog().getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByText('No service account yet.').waitFor();
    await soon(focused).toBe('Service Accounts (0)');
    await button('Edit').count();
  });

  test('nothing is recycled or deleted before the answer is yes', async () => {
    for (const name of ['Recycle key of web-ci', 'Delete web-ci', 'Delete the team Web'])
      for (const no of ['Cancel', 'Escape']) {
        await button(name).click();
        await dialog().waitFor();
        if (no === 'Cancel') await dialog().getByRole('button', { name: 'Cancel' }).click();
        else await page.keyboard.press('Escape');
        await dialog().waitFor({ state: 'hidden' });
        expect(await focused()).toBe(name);
      }
    await foreignRequest();
    expect(stack.accounts()[0]).toMatchObject({ identifier: 'web-ci', accessKey: 'web-ci-key' });
    expect(stack.teams()).toHaveLength(2);
  });

  test('what is said is on the screen, however far down the page is', async () => {
    const accounts = Array.from({ length: 60 }, (_, i) => ({ identifier: `account-${i}` }));
    await reopen({ seed: { ...seed, service_accounts: [...seed.service_accounts, ...accounts] } });
    await button('Recycle key of account-59').click();
    await dialog().getByRole('button', { name: 'Recycle key' }).click();
    const said = page.getByText('The key of account-59 was recycled; the old one is dead.');
    await said.waitFor();
    expect(await page.evaluate('scrollY')).toBeGreaterThan(500);
    const box = await said.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
  });

  test('a key that is shown does not outlive itself', async () => {
    await button('Show the key of web-ci').click();
    await page.getByText('web-ci-key').waitFor();
    await foreignRequest();
    expect(await page.getByText('web-ci-key').count()).toBe(1);
    await ask('webci_1:web-ci-key', 'PUT /automate/recycle_key.json');
    await page.getByText('web-ci-key').waitFor({ state: 'detached' });
    expect(await notice()).toContain('The key of web-ci was replaced');
    await button('Show the key of web-ci').click();
    await page.getByText(stack.accounts()[0]?.accessKey ?? '', { exact: true }).waitFor();
    await button('Delete web-ci').click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await row('web-ci').waitFor({ state: 'detached' });
  });

  test('offline, every action is told and none rejects unheard; afterwards it says that all is well', async () => {
    await page.context().setOffline(true);
    const away = 'The server does not answer. What is shown may be out of date.';
    await soon(notice).toBe(away);
    await page.getByLabel('Identifier').fill('offline');
    await button('Add account').click();
    await button('Show the key of web-ci').click();
    await button('Recycle key of web-ci').click();
    await dialog().getByRole('button', { name: 'Recycle key' }).click();
    await button('Arm fault').click();
    await page.getByLabel('Name', { exact: true }).fill('Offline');
    await button('Add team').click();
    await page.getByLabel('Manage Data Access').selectOption('team');
    await soon(() => page.getByLabel('Manage Data Access').inputValue()).toBe('organization');
    await signInAs('oscar');
    await button('Edit web-ci').click();
    await button('Save').click();
    await page.getByRole('dialog').getByText(away).waitFor();
    await page.keyboard.press('Escape');
    await page.context().setOffline(false);
    await soon(notice).toBe('The server answers again.');
    expect(await page.getByLabel('Identifier').inputValue()).toBe('offline');
    await soon(() => page.getByLabel('Signed in as').inputValue()).toBe('olivia');
    expect(stack.accounts()).toHaveLength(3);
  });

  test('a page that is opened before the server answers comes to life with it', async () => {
    const { url } = await stack.listen();
    await page.route('**/_local/console/**', (route) => route.abort());
    await page.goto(url);
    await page.getByText('The server does not answer.').waitFor();
    await page.unroute('**/_local/console/**');
    await row('nightly').waitFor();
  });

  test('a refused rename loses nothing', async () => {
    await button('Edit web-ci').click();
    await page.getByLabel('Rename to').fill('nightly');
    await page.getByLabel('Move to').selectOption('Mobile');
    await button('Save').click();
    await page.getByRole('dialog').getByText('Identifier has already been taken.').waitFor();
    expect(await page.getByLabel('Rename to').inputValue()).toBe('nightly');
    expect(await page.getByLabel('Move to').inputValue()).toBe('Mobile');
    await page.getByLabel('Rename to').fill('nightly-two');
    await button('Save').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(stack.accounts()[0]).toMatchObject({ identifier: 'nightly-two', team: 'Mobile' });
  });

  test('a team that is gone is not taken for the organization', async () => {
    await page.getByLabel('Identifier').fill('payments-ci');
    await page.getByLabel('Team (optional)').selectOption('Mobile');
    await button('Edit web-ci').click();
    await page.getByLabel('Move to').selectOption('Mobile');
    await ask(owner, 'DELETE /user/delete_team?team_name=Mobile');
    const gone = 'Mobile is gone: choose again';
    const chosen = (form: string) =>
      page.evaluate(`document.querySelector('#${form} select').selectedOptions[0].textContent`);
    await soon(() => chosen('edit-account')).toBe(gone);
    await button('Save').click();
    await page.keyboard.press('Escape');
    expect(await chosen('add-account')).toBe(gone);
    await button('Add account').click();
    await foreignRequest();
    expect(stack.accounts().map(({ identifier, team }) => [identifier, team])).toEqual([
      ['web-ci', 'Web'],
      ['mobile-ci', null],
      ['nightly', null],
    ]);
    await page.getByLabel('Team (optional)').selectOption('Web');
    await button('Add account').click();
    await row('payments-ci').waitFor();
    expect(stack.accounts().at(-1)).toMatchObject({ identifier: 'payments-ci', team: 'Web' });
  });

  test.each([
    ['olivia', /^(Edit|Recycle key of|Delete) /, 11],
    ['oscar', /^(Edit|Recycle key of|Delete) /, 11],
    ['tara', /^(Edit|Recycle key of|Delete) /, 3],
    ['uma', /^(Edit|Recycle key of|Delete|Add) /, 0],
  ])('%s is offered what will not be refused', async (username, names, count) => {
    await signInAs(username);
    await soon(() => page.getByRole('button', { name: names }).count()).toBe(count);
    await soon(() => page.getByLabel('Manage Data Access').isEnabled()).toBe(username === 'olivia');
  });

  test('where a team with accounts stays, or no account fits in, that is not offered either', async () => {
    await reopen({ behaviours: { 'team-deletion': 'refuse', 'account-maximum': 3 } });
    expect(await page.getByRole('button', { name: /^Delete the team/ }).count()).toBe(0);
    expect(await button('Add account').count()).toBe(0);
    await page.getByText('has reached its maximum of 3 service accounts').waitFor();
  });

  test('the page says what is counted', async () => {
    await page
      .getByText('5 requests at once, then one every 4 seconds, for the whole organization.')
      .waitFor();
    await reopen({ rateLimit: 'off' });
    await page.getByText('The limit is off.').waitFor();
    await page.getByText('nothing is counted').waitFor();
    await reopen({ rateLimit: 100 });
    await page.getByText('This server refills 100 times as fast').waitFor();
  });

  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [390, 768, 1280].map((width) => ({ colorScheme, width })),
  );
  test.each(looks)(
    'axe finds nothing in any state: $colorScheme, $width px wide',
    async ({ colorScheme, width }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      const check = async (state: string) => {
        expect(await allViolations(page), state).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      };
      await check('just opened');
      await ask(owner, 'GET /user/team_detail');
      await ask('webci_1:wrong', 'GET /automate/plan.json');
      await button('Arm fault').click();
      await page.locator('#faults li').waitFor();
      await row('401').waitFor();
      await button('Show the key of web-ci').click();
      await page.getByText('web-ci-key').waitFor();
      await check('with requests, a fault and a key');
      await button('Edit web-ci').click();
      await page.getByLabel('Rename to').fill('nightly');
      await button('Save').click();
      await page.getByRole('dialog').getByText('already been taken').waitFor();
      await check('with a refused rename');
      await page.keyboard.press('Escape');
      await button('Delete web-ci').click();
      await check('asking');
      await page.keyboard.press('Escape');
      await signInAs('uma');
      await page.getByText('Owner or Admin access is required').waitFor();
      await check('as a user');
      await page.context().setOffline(true);
      await page.getByText('The server does not answer.').waitFor();
      await check('offline');
      await page.context().setOffline(false);
      await page.getByText('The server answers again.').waitFor();
    },
  );

  test('on a phone every action is in sight', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const buttons = await page.locator('button:visible').all();
    expect(buttons.length).toBeGreaterThan(12);
    for (const one of buttons) {
      const box = await one.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
      expect(box?.height).toBeGreaterThanOrEqual(24);
    }
    await button('Recycle key of nightly').click();
    await dialog().getByRole('button', { name: 'Recycle key' }).click();
    await soon(() => stack.accounts()[2]?.accessKey).not.toBe('nightly-key');
  });

  test('what can be scrolled sideways can be reached and scrolled by keyboard', async () => {
    const long = 'x'.repeat(200);
    await reopen({
      seed: {
        ...seed,
        service_accounts: [{ identifier: long, username: 'very_long' }, ...seed.service_accounts],
      },
    });
    const scroller = page.locator('.scroll').first();
    await soon(() => scroller.getAttribute('tabindex')).toBe('0');
    await scroller.focus();
    await page.keyboard.press('ArrowRight');
    await soon(() => page.evaluate("document.querySelector('.scroll').scrollLeft")).toBeGreaterThan(0);
  });
});
