// The commands of the hub as the OpenAPI document tells them.

import type { JsonSchema } from '../storage/checked-json.ts';

export interface HubCommand {
  readonly id: string;
  readonly tag: 'WebDriver';
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly body?: JsonSchema;
  /** Who opens a session says who they are, in the capabilities or by Basic authentication. */
  readonly opens?: true;
}

const capabilities = { type: 'object' };

const commands: readonly Omit<HubCommand, 'tag'>[] = [
  { id: 'getHubStatus', method: 'GET', path: '/wd/hub/status', summary: 'Whether the hub takes sessions.' },
  {
    id: 'newSession',
    method: 'POST',
    path: '/wd/hub/session',
    summary: 'Opens a session; user name and key stand in bstack:options or in Basic authentication.',
    opens: true,
    body: {
      type: 'object',
      anyOf: [
        { required: ['capabilities'], properties: { capabilities } },
        { required: ['desiredCapabilities'], properties: { desiredCapabilities: capabilities } },
      ],
    },
  },
  {
    id: 'deleteSession',
    method: 'DELETE',
    path: '/wd/hub/session/{id}',
    summary: 'Ends a session and gives its parallel back.',
  },
  {
    id: 'navigateTo',
    method: 'POST',
    path: '/wd/hub/session/{id}/url',
    summary: 'Goes to a page. There is no browser: only the address is kept.',
    body: { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
  },
  {
    id: 'getCurrentUrl',
    method: 'GET',
    path: '/wd/hub/session/{id}/url',
    summary: 'Where the session was sent.',
  },
  {
    id: 'getTitle',
    method: 'GET',
    path: '/wd/hub/session/{id}/title',
    summary: 'A title with the address in it.',
  },
  {
    id: 'getTimeouts',
    method: 'GET',
    path: '/wd/hub/session/{id}/timeouts',
    summary: 'The usual timeouts.',
  },
  {
    id: 'setTimeouts',
    method: 'POST',
    path: '/wd/hub/session/{id}/timeouts',
    summary: 'Takes timeouts, which nothing here waits for.',
    body: { type: 'object' },
  },
  {
    id: 'executeScript',
    method: 'POST',
    path: '/wd/hub/session/{id}/execute/sync',
    summary:
      'Carries out a browserstack_executor order; any other script is told that there is no browser (404).',
    body: { type: 'object', required: ['script'], properties: { script: { type: 'string' } } },
  },
];

export const hubCommands: readonly HubCommand[] = commands.map((command) => ({
  ...command,
  tag: 'WebDriver',
}));
