/**
 * Making and changing what is on the page. Texts of the organization reach it as text nodes only, so no name can
 * become markup; and what did not change is left alone, so that nobody loses the focus or an open list.
 */
export const dom = `
const byId = (id) => document.getElementById(id);

function element(name, props, ...children) {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
}

const code = (text) => element('code', { textContent: text });

function cell(label, ...children) {
  const made = element('td', {}, ...children);
  made.setAttribute('role', 'cell');
  made.dataset.label = label;
  return made;
}

/** People see the short text; its name also says what it is about. */
function button(text, about, kind, onclick, purpose) {
  const made = element('button', { type: 'button', className: kind, onclick }, text);
  made.append(element('span', { className: 'away', textContent: ' ' + about }));
  made.dataset.purpose = purpose || text;
  return made;
}

const drawn = new Map();

/** Draws the rows of a table: those whose item looks as before stay the same elements. */
function rows(id, items, keyOf, cellsOf, empty, looks = JSON.stringify) {
  const body = byId(id);
  const before = drawn.get(id) || new Map();
  const after = new Map();
  const held = focusWithin(body);
  for (const item of items) {
    const key = String(keyOf(item));
    const text = looks(item);
    const known = before.get(key);
    after.set(key, known && known.text === text ? known : { text, row: row(key, cellsOf(item)) });
  }
  if (after.size === 0) {
    const known = before.get('');
    const nothing = cell('', empty);
    nothing.colSpan = 9;
    nothing.className = 'empty';
    after.set('', known && known.text === empty ? known : { text: empty, row: row('', [nothing]) });
  }
  place(body, [...after.values()].map((one) => one.row));
  drawn.set(id, after);
  if (held) giveFocusBack(body, held);
}

function row(key, cells) {
  const made = element('tr', {}, ...cells);
  made.setAttribute('role', 'row');
  made.dataset.key = key;
  return made;
}

function place(parent, wanted) {
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] || null);
  });
}

function focusWithin(body) {
  const active = document.activeElement;
  if (!active || !body.contains(active)) return undefined;
  const at = active.closest('tr');
  return { key: at.dataset.key, index: [...body.children].indexOf(at), purpose: active.dataset.purpose, node: active };
}

/** To the same control of the same row, or of the row in its place, or to the heading. */
function giveFocusBack(body, { key, index, purpose, node }) {
  if (document.activeElement === node && node.isConnected) return;
  const all = [...body.children];
  const next = all.find((one) => one.dataset.key === key) || all[Math.min(index, all.length - 1)];
  const controls = next ? [...next.querySelectorAll('button:enabled')] : [];
  const same = controls.find((one) => one.dataset.purpose === purpose) || controls[0];
  (same || body.closest('section').querySelector('h2')).focus();
}

/** Fills a list to choose from; what was chosen stays, and says so when it is gone. */
function options(select, values, afresh) {
  const text = JSON.stringify(values);
  if (!afresh && select.dataset.options === text) return;
  const chosen = select.value;
  const first = afresh || select.dataset.options === undefined;
  select.dataset.options = text;
  select.replaceChildren(...values.map(([value, label]) => element('option', { value, textContent: label })));
  select.setCustomValidity('');
  if (first) return;
  if (values.some(([value]) => value === chosen)) select.value = chosen;
  else gone(select, chosen);
}

function gone(select, chosen) {
  const text = chosen + ' is gone: choose again';
  select.prepend(element('option', { value: '', disabled: true, selected: true, textContent: text }));
  select.setCustomValidity(text + '.');
  select.addEventListener('change', () => select.setCustomValidity(''), { once: true });
}

/** What can be scrolled can be reached by keyboard; what cannot is no stop on the way. */
function reachScrollers() {
  for (const scroller of document.querySelectorAll('.scroll')) {
    if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
    else scroller.removeAttribute('tabindex');
  }
}
`;
