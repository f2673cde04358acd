// The documentation site in a real browser: every page is there, says what it is, breaks nothing and can be used.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBrowser, LAUNCH, LOOKS, violations } from '../helpers/browser.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

describeWithBrowser('the documentation site', () => {
  let root: string;
  let server: Server;
  let base: string;
  let browser: Browser;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'browserstack-iac-site-'));
    execFileSync('npx', ['vitepress', 'build', 'scripts/site', '--outDir', root], { stdio: 'pipe' });
    server = createServer((request, response) => {
      const file = fileOf(root, request.url ?? '/');
      if (file === undefined) return void response.writeHead(404).end();
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // It listens on a port, so this is no path of a socket.
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch(LAUNCH);
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('has every page of docs/, none of which fails to load anything', async () => {
    const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html') && name !== '404.html')
      .map((name) => `/${name.replace(/(?:index)?\.html$/u, '')}`);
    const written = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    expect(pages).toHaveLength(written.length);
    const context = await browser.newContext();
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
    page.on('response', (answer) => {
      if (answer.status() >= 400) troubles.push(`${page.url()}: ${answer.url()} answered ${answer.status()}`);
    });
    for (const path of pages) {
      await page.goto(base + path);
      const headings = await page.locator('h1').count();
      if (headings !== 1) troubles.push(`${path} has ${headings} first headings`);
    }
    await context.close();
    expect(troubles).toEqual([]);
  });

  it.each(Object.keys(LOOKS))('can be used by everybody: %s', async (look) => {
    const context = await browser.newContext(LOOKS[look]);
    const page = await context.newPage();
    const found: string[] = [];
    for (const path of ['/', '/guides/engines', '/resources/access_key', '/local-browserstack/']) {
      await page.goto(base + path, { waitUntil: 'networkidle' });
      found.push(...(await violations(page, '.VPContent')).map((one) => `${path}: ${one}`));
    }
    await context.close();
    expect(found).toEqual([]);
  });
});

function fileOf(root: string, url: string): string | undefined {
  const path = decodeURIComponent(new URL(url, 'http://site').pathname);
  const file = join(root, path.endsWith('/') ? `${path}index.html` : path);
  return [file, `${file}.html`].find((one) => existsSync(one) && statSync(one).isFile());
}
