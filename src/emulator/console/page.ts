import { script } from './browser/script.ts';
import { style } from './browser/style.ts';

/** A table whose rows the script draws. Roles are written out: on a phone its cells stand below each other. */
function table(id: string, heading: string, columns: readonly string[]): string {
  const heads = columns.map((column) => `<th scope="col" role="columnheader">${column}</th>`).join('');
  return `<div class="scroll" role="group" aria-labelledby="${heading}"><table role="table" aria-labelledby="${heading}">
      <thead role="rowgroup"><tr role="row">${heads}</tr></thead>
      <tbody id="${id}" role="rowgroup"></tbody>
    </table></div>`;
}

const ACTIONS = '<span class="away">Actions</span>';

/** The console: one page, no build step, nothing loaded from anywhere else. */
export const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local BrowserStack</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#accounts">Skip to the service accounts</a>
<header>
  <div>
    <p class="crumbs">Account → Settings → Service Accounts</p>
    <h1 id="organization">Local BrowserStack</h1>
  </div>
  <label>Signed in as <select id="member"></select></label>
</header>
<div id="notice" role="status" aria-live="polite"></div>
<main>
  <section aria-labelledby="accounts-title" id="accounts" class="wide" tabindex="-1">
    <h2 id="accounts-title" tabindex="-1">Service Accounts <span class="count" id="accounts-count"></span></h2>
    <p class="hint">A service account takes no licence, gets no e-mail and cannot sign in. Licences in use: <span id="licences">–</span>. <span id="no-account"></span></p>
    <form id="add-account" hidden>
      <label>Identifier <input name="identifier" required minlength="3" maxlength="255" autocomplete="off"></label>
      <label>Team (optional) <select name="team"></select></label>
      <button type="submit">Add account</button>
    </form>
    ${table('accounts-rows', 'accounts-title', ['Identifier', 'User name', 'Team', 'Access key', ACTIONS])}
  </section>
  <section aria-labelledby="teams-title">
    <h2 id="teams-title" tabindex="-1">Teams</h2>
    <form id="add-team" hidden><label>Name <input name="name" required maxlength="40" autocomplete="off"></label><button type="submit">Add team</button></form>
    ${table('teams-rows', 'teams-title', ['Name', 'People', 'Parallels', ACTIONS])}
    <label class="setting">Manage Data Access <select id="data-access"><option value="organization">Organization View</option><option value="team">Team View</option></select></label>
  </section>
  <section aria-labelledby="sessions-title">
    <h2 id="sessions-title" tabindex="-1">Sessions</h2>
    ${table('sessions-rows', 'sessions-title', ['User', 'Session', 'Team', 'Status'])}
  </section>
  <section aria-labelledby="budget-title">
    <h2 id="budget-title">Request budget</h2>
    <p><meter id="budget" min="0" max="5" low="1" optimum="5" aria-labelledby="budget-title"></meter> <span id="budget-text"></span></p>
    <p class="hint"><span id="budget-pace"></span> This page costs nothing of it.</p>
  </section>
  <section aria-labelledby="faults-title">
    <h2 id="faults-title">Faults</h2>
    <form id="add-fault">
      <label>What <select name="kind">
        <option value="drop">Lose the answer</option><option value="status">Answer 503</option><option value="html">Answer HTML</option>
        <option value="throttle">Answer 429</option><option value="slow">Wait 5 seconds</option><option value="shuffle">Shuffle lists</option>
      </select></label>
      <label>Which request <select name="path">
        <option value="/user/*">next of account management</option><option value="/automate/recycle_key.json">next recycle</option><option value="/*">next of any kind</option>
      </select></label>
      <button type="submit">Arm fault</button> <button type="button" id="clear-faults" class="quiet" hidden>Clear all</button>
    </form>
    <ul id="faults"></ul>
  </section>
  <section aria-labelledby="requests-title" class="wide">
    <h2 id="requests-title" tabindex="-1">Requests <span class="count" id="requests-count"></span></h2>
    ${table('requests-rows', 'requests-title', ['Method', 'Path', 'Status', 'User name', 'Faults'])}
  </section>
</main>
<dialog id="edit" aria-labelledby="edit-title">
  <form id="edit-account">
    <h2 id="edit-title">Edit</h2>
    <input type="hidden" name="username">
    <label>Rename to <input name="identifier" required minlength="3" maxlength="255" autocomplete="off"></label>
    <label>Move to <select name="team"></select></label>
    <p id="edit-complaint" class="bad" role="alert"></p>
    <div class="answers"><button type="submit">Save</button> <button type="button" id="edit-cancel" class="quiet">Cancel</button></div>
  </form>
</dialog>
<dialog id="ask" role="alertdialog" aria-labelledby="ask-title" aria-describedby="ask-text">
  <h2 id="ask-title">Sure?</h2>
  <p id="ask-text"></p>
  <div class="answers"><button type="button" id="ask-no" class="quiet" autofocus>Cancel</button> <button type="button" id="ask-yes" class="danger">Yes</button></div>
</dialog>
<script>${script}</script>
</body>
</html>
`;
