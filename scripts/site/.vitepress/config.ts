// The documentation site: the pages of docs/, as they are, with navigation and search.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
const REPOSITORY = 'https://github.com/browserstack-iac/terraform-provider-browserstack';

export default defineConfig({
  title: 'browserstack-iac',
  description: 'BrowserStack teams, service accounts and their access keys as code.',
  lang: 'en',
  srcDir: '../../docs',
  outDir: '../../site',
  cacheDir: '../../node_modules/.cache/site',
  cleanUrls: true,
  // A browser asks for one all the same.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  rewrites: {
    'home.md': 'index.md',
    'index.md': 'provider.md',
    'local-browserstack/README.md': 'local-browserstack/index.md',
    'decisions/README.md': 'decisions/index.md',
  },
  // Links out of docs/ lead to files of the repository, which a test follows.
  ignoreDeadLinks: [/^\.\/(\.\.\/)+/u],
  // The default colours of code are too pale for WCAG 2 AA.
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path` },
    nav: [
      { text: 'Start', link: '/guides/start' },
      { text: 'Guides', link: '/guides/rotation-models' },
      { text: 'Reference', link: '/provider' },
      { text: 'Local BrowserStack', link: '/local-browserstack/' },
    ],
    sidebar: [
      { text: 'Start in five minutes', link: '/guides/start' },
      { text: 'Guides', items: pagesIn('guides', (name) => name !== 'start.md' && !isRunbook(name)) },
      { text: 'When it burns', collapsed: true, items: pagesIn('guides', isRunbook) },
      { text: 'Provider', link: '/provider' },
      { text: 'Resources', collapsed: true, items: pagesIn('resources') },
      { text: 'Ephemeral resources', collapsed: true, items: pagesIn('ephemeral-resources') },
      { text: 'Data sources', collapsed: true, items: pagesIn('data-sources') },
      { text: 'Functions', collapsed: true, items: pagesIn('functions') },
      {
        text: 'Actions and lists',
        collapsed: true,
        items: [...pagesIn('actions'), ...pagesIn('list-resources')],
      },
      { text: 'Local BrowserStack', collapsed: true, items: pagesIn('local-browserstack') },
      {
        text: 'For maintainers',
        collapsed: true,
        items: [
          { text: 'Architecture', link: '/architecture' },
          { text: 'Protocol server', link: '/protocol-server' },
          { text: 'Performance', link: '/performance' },
          { text: 'Decisions', link: '/decisions/' },
        ],
      },
    ],
  },
});

/** Guides may not have folders: the registries of Terraform and OpenTofu would not show them. */
function isRunbook(name: string): boolean {
  return name.startsWith('runbook-');
}

/** The pages of a folder with their titles, by title. */
function pagesIn(folder: string, chosen: (name: string) => boolean = () => true) {
  return readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md') && chosen(name))
    .map((name) => ({
      text: titleOf(readFileSync(join(docs, folder, name), 'utf8')) ?? name,
      link: `/${folder}/${name === 'README.md' ? '' : name.replace(/\.md$/u, '')}`,
    }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en'));
}

function titleOf(page: string): string | undefined {
  // The kind stands in the heading of the group already.
  return /^# (.+?)(?: \([\w -]+\))?$/mu.exec(page)?.[1]?.replaceAll('`', '');
}
