export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#fff, #1d2128);
  --text: light-dark(#1b2330, #e6e9ee);
  --soft: light-dark(#526071, #a3adba);
  --line: light-dark(#d8dde4, #353c47);
  --accent: light-dark(#0b5cad, #7ab8ff);
  --on-accent: light-dark(#fff, #0d1a29);
  --danger: light-dark(#b3261e, #ff9d94);
  --good: light-dark(#1a6b35, #86d9a0);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; align-items: end; padding: 1.25rem clamp(1rem, 4vw, 2.5rem); background: var(--card); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.4rem; }
h2 { margin: 0 0 .75rem; font-size: 1.05rem; }
.crumbs, .hint { margin: 0; color: var(--soft); font-size: .87rem; }
.hint { margin-bottom: .75rem; }
.count { color: var(--soft); font-weight: normal; }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); padding: 1rem clamp(1rem, 4vw, 2.5rem) 3rem; }
section { min-width: 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.wide { grid-column: 1 / -1; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-bottom: .75rem; }
label { display: grid; min-width: 0; max-width: 100%; gap: .2rem; color: var(--soft); font-size: .87rem; }
.setting { margin-top: .75rem; max-width: 14rem; }
[hidden] { display: none !important; }
input, select { max-width: 100%; }
input, select, button { min-height: 2.25rem; padding: .3rem .7rem; border: 1px solid light-dark(#7d8896, #6d7886); border-radius: 6px; background: var(--card); color: var(--text); font: inherit; }
button { border-color: var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.quiet { background: transparent; color: var(--accent); }
button.danger { background: transparent; border-color: var(--danger); color: var(--danger); }
button:disabled, input:disabled, select:disabled { opacity: .55; cursor: not-allowed; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.scroll { position: relative; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { color: var(--soft); font-size: .82rem; font-weight: 600; text-align: left; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
td.actions { white-space: nowrap; text-align: right; }
td.actions button { margin-left: .4rem; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.scroll code { white-space: nowrap; }
.empty { color: var(--soft); }
.bad { color: var(--danger); }
.good { color: var(--good); }
meter { width: 12rem; height: 1.1rem; vertical-align: middle; }
ul { margin: 0; padding-left: 1.1rem; }
#notice:not(:empty) { position: sticky; z-index: 1; top: 0; padding: .75rem clamp(1rem, 4vw, 2.5rem); background: var(--card); border-bottom: 1px solid var(--line); color: var(--good); font-weight: 600; overflow-wrap: anywhere; }
#notice.bad:not(:empty) { color: var(--danger); }
dialog { width: min(40rem, 90vw); padding: 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--text); }
dialog::backdrop { background: rgb(0 0 0 / .5); }
dialog h2 { flex-basis: 100%; margin: 0 0 .5rem; overflow-wrap: anywhere; }
dialog p { flex-basis: 100%; margin: 0 0 .75rem; }
dialog p:empty { display: none; }
.answers { display: flex; flex-basis: 100%; flex-wrap: wrap; gap: .75rem; }
.skip, .away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: fixed; z-index: 1; top: .5rem; left: .5rem; width: auto; height: auto; clip-path: none; padding: .5rem 1rem; background: var(--card); }
h2:focus { outline: none; }
h2:focus-visible, section:focus-visible, .scroll:focus-visible { outline: 3px solid var(--accent); }
@media (max-width: 44rem) {
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; padding: .2rem 0; border: 0; overflow-wrap: anywhere; }
  td::before { content: attr(data-label); flex: 0 0 6.5rem; color: var(--soft); font-size: .82rem; }
  td.empty::before, td.actions::before { content: none; }
  td.actions { gap: .5rem; white-space: normal; text-align: left; }
  td.actions:empty { display: none; }
  td.actions button { flex: 1 1 auto; margin: 0; }
  .scroll code { white-space: normal; }
}
`;
