/**
 * The console's behaviour, in plain browser JavaScript. Texts of the organization reach the page as text nodes only,
 * so no name can become markup.
 */
export const script = `
'use strict';
const byId = (id) => document.getElementById(id);
const revealed = new Map();
let me = '';
let last = '';
let shown;

async function call(method, path, body) {
  const response = await fetch(path, body === undefined ? { method } : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(answer.message || (answer.problems || []).map((problem) => problem.summary).join('; ') || 'It failed.');
}

function say(text, bad) {
  byId('notice').textContent = text;
  byId('notice').className = bad ? 'bad' : '';
}

async function act(action, fields, told) {
  try {
    const done = await call('POST', '/_local/console/act', { as: me, action, ...fields });
    say(told || '', false);
    await refresh();
    return done;
  } catch (error) {
    say(error.message, true);
    return undefined;
  }
}

function element(name, props, ...children) {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
}

function button(text, label, kind, onclick) {
  const made = element('button', { type: 'button', textContent: text, className: kind, onclick });
  made.setAttribute('aria-label', label);
  return made;
}

function rows(id, items, columns, cells, empty) {
  const made = items.map((item) => element('tr', {}, ...cells(item)));
  const none = element('td', { colSpan: columns, className: 'empty', textContent: empty });
  byId(id).replaceChildren(...(made.length > 0 ? made : [element('tr', {}, none)]));
}

const cell = (...children) => element('td', {}, ...children);
const code = (text) => element('code', { textContent: text });

function options(select, values, chosen) {
  select.replaceChildren(...values.map(([value, text]) => element('option', { value, textContent: text })));
  select.value = chosen;
}

function keyCell({ username, identifier }) {
  if (revealed.has(username))
    return cell(code(revealed.get(username)), ' ', button('Hide', 'Hide the key of ' + identifier, 'quiet', () => {
      revealed.delete(username);
      refresh(true);
    }));
  return cell('•••••••• ', button('Show', 'Show the key of ' + identifier, 'quiet', async () => {
    const done = await act('reveal-key', { username });
    if (done) revealed.set(username, done.access_key);
    refresh(true);
  }));
}

/** A Team Admin may rename an account of the team, but not move it. */
function edit({ identifier, username, team }) {
  const fields = byId('edit-account').elements;
  byId('edit-title').textContent = 'Edit ' + identifier;
  fields.username.value = username;
  fields.identifier.value = identifier;
  options(fields.team, teamChoices(shown), team || '');
  fields.team.disabled = !isOrganizationWide(shown);
  byId('edit').showModal();
}

const teamChoices = ({ teams }) => [['', 'Organization level'], ...teams.map(({ name }) => [name, name])];
const isOrganizationWide = ({ role }) => role === 'Owner' || role === 'Org Admin';

function accountCells(account) {
  const { identifier, username, team } = account;
  const actions = element('td', { className: 'actions' },
    button('Edit', 'Edit ' + identifier, 'quiet', () => edit(account)),
    button('Recycle key', 'Recycle the key of ' + identifier, 'quiet', () => {
      revealed.delete(username);
      act('recycle-key', { username }, 'The key of ' + identifier + ' was recycled, as its own curl line would.');
    }),
    button('Delete', 'Delete ' + identifier, 'danger', () => {
      if (confirm('Delete ' + identifier + '? Its key dies at once.'))
        act('delete-account', { username }, identifier + ' was deleted.');
    }));
  return [cell(identifier), cell(code(username)), cell(team || 'Organization level'), keyCell(account), actions];
}

function teamCells({ name, members, parallels, own_parallels }) {
  return [cell(name), cell(String(members)), cell(parallels + (own_parallels ? ' own' : ' shared')),
    element('td', { className: 'actions' }, button('Delete', 'Delete the team ' + name, 'danger', () => {
      if (confirm('Delete the team ' + name + '?')) act('delete-team', { name }, name + ' was deleted.');
    }))];
}

function paceInWords(pace) {
  const service = '5 requests at once, then one every 4 seconds, for the whole organization';
  if (pace === 'off') return 'The limit is off. The service takes ' + service + '.';
  if (pace === 'real') return service + '.';
  return 'This server refills ' + pace + ' times as fast as the service, which takes ' + service + '.';
}

function statusCell(status) {
  return element('td', { textContent: status || 'none', className: status >= 200 && status < 400 ? 'good' : 'bad' });
}

function draw(view) {
  const { organization, role, accounts, teams, budget } = view;
  shown = view;
  const refused = !Array.isArray(accounts);
  document.title = organization.name + ' – Local BrowserStack';
  byId('organization').textContent = organization.name;
  byId('licences').textContent = organization.licences_used;
  byId('accounts-count').textContent = refused ? '' : '(' + accounts.length + ')';
  rows('accounts-rows', refused ? [] : accounts, 5, accountCells, refused ? accounts.refused : 'No service account yet.');
  for (const field of byId('add-account').elements) field.disabled = refused;
  for (const field of byId('add-team').elements) field.disabled = !isOrganizationWide(view);
  byId('data-access').disabled = role !== 'Owner';
  byId('data-access').value = organization.data_access;
  const team = byId('add-account').elements.team;
  options(team, teamChoices(view), team.value);
  options(byId('member'), view.members.filter(({ status }) => status === 'active')
    .map((member) => [member.username, member.name + ' – ' + member.role + (member.team ? ' of ' + member.team : '')]), me);
  rows('teams-rows', teams, 4, teamCells, 'No team yet.');
  rows('sessions-rows', view.sessions, 4, (session) =>
    [cell(session.owner), cell(session.name || session.browser), cell(session.team || 'Organization level'), cell(session.status)],
    'Nothing ran on /wd/hub yet.');
  byId('budget').max = budget.capacity;
  byId('budget').value = budget.available;
  byId('budget-pace').textContent = paceInWords(budget.pace);
  byId('budget-text').textContent = budget.pace === 'off' ? 'nothing is counted' : budget.available + ' of ' + budget.capacity + ' left' +
    (budget.next_in_seconds > 0 ? ', the next in ' + budget.next_in_seconds + ' s' : '');
  byId('faults').replaceChildren(...view.faults.map((fault) => element('li', {}, code(JSON.stringify(fault)))));
  byId('requests-count').textContent = '(' + view.requests.count + ')';
  rows('requests-rows', view.requests.latest, 5, ({ method, path, status, username, faults }) =>
    [cell(method), cell(code(path)), statusCell(status), cell(username || '–'), cell((faults || []).join(', '))],
    'No request of the API yet.');
}

/** Draws only what changed, so that nobody loses the focus or an open list every two seconds. */
async function refresh(always) {
  if (me === '') return;
  const view = await call('GET', '/_local/console/view?as=' + encodeURIComponent(me));
  const text = JSON.stringify(view);
  if (text === last && !always) return;
  last = text;
  draw(view);
}

async function signIn(username) {
  try {
    const view = await call('POST', '/_local/console/sign-in', { username });
    me = username;
    revealed.clear();
    last = '';
    say('', false);
    draw(view);
  } catch (error) {
    say(error.message, true);
  }
}

function onSubmit(id, send) {
  byId(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    if (await send(Object.fromEntries(new FormData(form)))) form.reset();
  });
}

onSubmit('add-account', (fields) => act('create-account', fields, fields.identifier + ' was created.'));
onSubmit('edit-account', (fields) => {
  byId('edit').close();
  return act('update-account', fields, fields.identifier + ' was saved; user name and key are the same.');
});
byId('edit-cancel').addEventListener('click', () => byId('edit').close());
onSubmit('add-team', (fields) => act('create-team', fields, fields.name + ' was created.'));
onSubmit('add-fault', async ({ kind, path }) => {
  const more = { status: { status: 503 }, slow: { seconds: 5 } }[kind] || {};
  await call('POST', '/_local/faults', { kind, path, ...more });
  await refresh();
  return false;
});
byId('clear-faults').addEventListener('click', () => call('DELETE', '/_local/faults').then(() => refresh()));
byId('data-access').addEventListener('change', (event) => act('set-data-access', { value: event.target.value }, 'Data access was changed.'));
byId('member').addEventListener('change', (event) => signIn(event.target.value));

async function start() {
  const { members } = await call('GET', '/_local/console/members');
  const active = members.filter(({ status }) => status === 'active');
  const first = active.find(({ role }) => role === 'Owner') || active[0];
  if (first === undefined) return say('The organization has no active member to sign in as.', true);
  await signIn(first.username);
  setInterval(() => refresh().catch(() => say('The server does not answer.', true)), 2000);
}
start();
`;
