/** Dialogs: one asks before what cannot be undone, one edits an account. */
export const dialogs = `
/** Resolves to true when the answer is yes. Escape is no. */
function ask(title, text, yes) {
  byId('ask-title').textContent = title;
  byId('ask-text').textContent = text;
  byId('ask-yes').textContent = yes;
  const dialog = byId('ask');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

const complaint = (text) => {
  byId('edit-complaint').textContent = text;
};

/** A Team Admin may rename an account of the team, but not move it. */
function edit({ identifier, username, team }) {
  const fields = byId('edit-account').elements;
  byId('edit-title').textContent = 'Edit ' + identifier;
  complaint('');
  fields.username.value = username;
  fields.identifier.value = identifier;
  options(fields.team, shown.may.move_account ? teamChoices(shown) : [[team || '', team || LEVEL]], true);
  fields.team.value = team || '';
  fields.team.disabled = !shown.may.move_account;
  byId('edit').showModal();
}

/** While it is open, the world goes on. */
function drawDialog() {
  const { team } = byId('edit-account').elements;
  if (byId('edit').open && shown.may.move_account) options(team, teamChoices(shown));
}

async function save(event) {
  event.preventDefault();
  complaint('');
  const fields = Object.fromEntries(new FormData(byId('edit-account')));
  const told = fields.identifier + ' was saved; user name and key are the same.';
  if (await act('update-account', fields, told, complaint)) byId('edit').close();
}

byId('ask-yes').addEventListener('click', () => byId('ask').close('yes'));
byId('ask-no').addEventListener('click', () => byId('ask').close('no'));
byId('edit-account').addEventListener('submit', save);
byId('edit-cancel').addEventListener('click', () => byId('edit').close());
`;
