/** The rows of each table, and what their buttons do. */
export const tables = `
const LEVEL = 'Organization level';
/** Keys that are shown: user name to key and its mark. */
const revealed = new Map();

const teamChoices = ({ may }) => may.account_teams.map((team) => [team || '', team || LEVEL]);

function keyCell({ username, identifier, key_mark }) {
  const shownKey = revealed.get(username);
  if (shownKey)
    return cell('Access key', code(shownKey.key), ' ', button('Hide', 'the key of ' + identifier, 'quiet', () => {
      revealed.delete(username);
      draw(shown);
    }, 'key'));
  return cell('Access key', '•••••••• ', button('Show', 'the key of ' + identifier, 'quiet', async () => {
    const done = await act('reveal-key', { username });
    if (done) revealed.set(username, { key: done.access_key, mark: key_mark });
    if (done) draw(shown);
  }, 'key'));
}

/** A key that was replaced meanwhile is shown no longer. */
function forgetDeadKeys(accounts) {
  for (const [username, { mark }] of [...revealed]) {
    const account = accounts.find((one) => one.username === username);
    if (account && account.key_mark === mark) continue;
    revealed.delete(username);
    if (account) say('The key of ' + account.identifier + ' was replaced; the one that was shown here is dead.');
  }
}

function accountCells(account) {
  const { identifier, username, team } = account;
  const actions = cell('Actions',
    button('Edit', identifier, 'quiet', () => edit(account)),
    button('Recycle key', 'of ' + identifier, 'quiet', async () => {
      const text = 'It stands for the curl line of the account itself. The key that jobs use now dies at once.';
      if (!(await ask('Recycle the key of ' + identifier + '?', text, 'Recycle key'))) return;
      revealed.delete(username);
      await act('recycle-key', { username }, 'The key of ' + identifier + ' was recycled; the old one is dead.');
    }),
    button('Delete', identifier, 'danger', async () => {
      const text = 'Its key dies at once, and nothing brings it back.';
      if (await ask('Delete ' + identifier + '?', text, 'Delete'))
        await act('delete-account', { username }, identifier + ' was deleted.');
    }));
  actions.className = 'actions';
  return [cell('Identifier', identifier), cell('User name', code(username)), cell('Team', team || LEVEL), keyCell(account), actions];
}

function teamCells({ name, members, parallels, own_parallels, deletable, accounts_die }) {
  const actions = cell('Actions', ...(deletable ? [button('Delete', 'the team ' + name, 'danger', async () => {
    const accounts = accounts_die ? 'its service accounts are deleted with it' : 'so do its service accounts';
    const text = 'Its people move to the organization, ' + accounts + '.';
    if (await ask('Delete the team ' + name + '?', text, 'Delete')) await act('delete-team', { name }, name + ' was deleted.');
  })] : []));
  actions.className = 'actions';
  return [cell('Name', name), cell('People', String(members)), cell('Parallels', parallels + (own_parallels ? ' own' : ' shared')), actions];
}

const sessionCells = ({ owner, name, browser, team, status }) =>
  [cell('User', owner), cell('Session', name || browser), cell('Team', team || LEVEL), cell('Status', status)];

function requestCells({ method, path, status, username, faults }) {
  const answered = cell('Status', String(status || 'none'));
  answered.className = status >= 200 && status < 400 ? 'good' : 'bad';
  return [cell('Method', method), cell('Path', code(path)), answered, cell('User name', username || '–'), cell('Faults', (faults || []).join(', ') || '–')];
}
`;
