import { calls } from './calls.ts';
import { dialogs } from './dialogs.ts';
import { dom } from './dom.ts';
import { tables } from './tables.ts';

/** Draws what the server says, every two seconds and after every action. */
const main = `
let last = '';
let shown;

function draw(view) {
  shown = view;
  const { organization, accounts, teams, budget, may, requests } = view;
  const refused = !Array.isArray(accounts);
  document.title = organization.name + ' – Local BrowserStack';
  byId('organization').textContent = organization.name;
  byId('licences').textContent = organization.licences_used;
  byId('accounts-count').textContent = refused ? '' : '(' + accounts.length + ')';
  if (!refused) forgetDeadKeys(accounts);
  rows('accounts-rows', refused ? [] : accounts, (one) => one.username, accountCells,
    refused ? accounts.refused : 'No service account yet.',
    (one) => JSON.stringify([one, revealed.get(one.username), may]));
  byId('add-account').hidden = !may.create_account;
  byId('no-account').textContent = may.why_no_account || '';
  byId('add-team').hidden = !may.create_team;
  options(byId('add-account').elements.team, teamChoices(view));
  byId('data-access').disabled = !may.set_data_access;
  byId('data-access').value = organization.data_access;
  drawMembers(view.members);
  rows('teams-rows', teams, (one) => one.name, teamCells, 'No team yet.');
  rows('sessions-rows', view.sessions, (one) => one.id, sessionCells, 'Nothing ran on /wd/hub yet.');
  drawBudget(budget);
  byId('clear-faults').hidden = view.faults.length === 0;
  place(byId('faults'), view.faults.map((fault) => element('li', {}, code(JSON.stringify(fault)))));
  byId('requests-count').textContent = '(' + requests.count + ')';
  rows('requests-rows', requests.latest.map((one, index) => ({ ...one, number: requests.count - index })),
    (one) => one.number, requestCells, 'No request of the API yet.');
  drawDialog();
  reachScrollers();
}

function drawMembers(members) {
  const active = members.filter(({ status }) => status === 'active');
  const select = byId('member');
  options(select, active.map((one) => [one.username, one.name + ' – ' + one.role + (one.team ? ' of ' + one.team : '')]));
  if (active.some(({ username }) => username === me)) select.value = me;
}

function drawBudget({ pace, capacity, available, next_in_seconds }) {
  const service = '5 requests at once, then one every 4 seconds, for the whole organization';
  byId('budget').max = capacity;
  byId('budget').value = available;
  byId('budget-text').textContent = pace === 'off' ? 'nothing is counted' : available + ' of ' + capacity + ' left' +
    (next_in_seconds > 0 ? ', the next in ' + next_in_seconds + ' s' : '');
  byId('budget-pace').textContent =
    pace === 'off' ? 'The limit is off. The service takes ' + service + '.'
    : pace === 'real' ? service + '.'
    : 'This server refills ' + pace + ' times as fast as the service, which takes ' + service + '.';
}

/** Draws only what changed; one at a time, so that no older view comes after a newer one. */
let refreshing = Promise.resolve();
function refresh() {
  const next = refreshing.then(async () => {
    if (me === '') return;
    const as = me;
    const view = await call('GET', '/_local/console/view?as=' + encodeURIComponent(as));
    const text = JSON.stringify(view);
    if (text === last || as !== me) return;
    last = text;
    draw(view);
  });
  refreshing = next.catch(() => {});
  return next;
}

function signIn(username) {
  return attempt(async () => {
    const view = await call('POST', '/_local/console/sign-in', { username });
    me = username;
    last = '';
    revealed.clear();
    say('');
    options(byId('add-account').elements.team, teamChoices(view), true);
    draw(view);
  });
}

function onSubmit(id, send) {
  byId(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    if (await send(Object.fromEntries(new FormData(form)))) form.reset();
  });
}

onSubmit('add-account', (fields) => act('create-account', fields, fields.identifier + ' was created.'));
onSubmit('add-team', (fields) => act('create-team', fields, fields.name + ' was created.'));
onSubmit('add-fault', async ({ kind, path }) => {
  const more = { status: { status: 503 }, slow: { seconds: 5 } }[kind] || {};
  await attempt(async () => {
    await call('POST', '/_local/faults', { kind, path, ...more });
    await refresh();
  });
});
byId('clear-faults').addEventListener('click', () => attempt(async () => {
  await call('DELETE', '/_local/faults');
  await refresh();
  byId('add-fault').elements.kind.focus();
}));
byId('data-access').addEventListener('change', async ({ target }) => {
  const done = await act('set-data-access', { value: target.value }, 'Data access was changed.');
  if (!done) target.value = shown.organization.data_access;
});
byId('member').addEventListener('change', ({ target }) => signIn(target.value));
new ResizeObserver(reachScrollers).observe(document.body);

async function begin() {
  const found = await attempt(() => call('GET', '/_local/console/members'));
  const active = found ? found.members.filter(({ status }) => status === 'active') : [];
  const first = active.find(({ role }) => role === 'Owner') || active[0];
  if (first) await signIn(first.username);
  else if (found) say('The organization has no active member to sign in as.', true);
}

function start() {
  begin();
  setInterval(() => (me === '' ? begin() : attempt(refresh)), 2000);
}
`;

/** The console's behaviour, in plain browser JavaScript. */
export const script = `'use strict';${dom}${calls}${tables}${main}${dialogs}start();\n`;
