// How a report looks: light, dark, on paper, on a phone. Nothing is loaded and nothing runs.

import { Html } from './html.ts';

export const STYLE = new Html(`
:root { color-scheme: light dark; --ink: #1f2328; --dim: #57606a; --line: #d0d7de; --page: #fff; --soft: #f6f8fa;
  --red: #b3261e; --yellow: #7d4e00; --green: #116329; --bar: #0969da; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9da7b3; --line: #3d444d; --page: #0d1117;
  --soft: #161b22; --red: #ff9492; --yellow: #e3b341; --green: #56d364; --bar: #4493f8; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem 1.5rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 1rem 0 0; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 60rem; } a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; background: var(--page); padding: .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
.dim { color: var(--dim); } .red { color: var(--red); font-weight: 600; } .yellow { color: var(--yellow); font-weight: 600; }
.date { white-space: nowrap; } .green { color: var(--green); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.tiles li { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; background: var(--soft); }
.tiles b { display: block; font-size: 1.7rem; line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }
th { white-space: nowrap; } td.number { text-align: right; white-space: nowrap; } td.name { overflow-wrap: anywhere; min-width: 8rem; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .bar { fill: var(--bar); } svg .old { fill: var(--red); } svg .unknown { fill: var(--dim); }
@media print { nav, .skip { display: none; } body { max-width: none; padding: 0; font-size: 10pt; }
  .scroll { overflow: visible; } tr, li { break-inside: avoid; } h2 { break-after: avoid; } details > summary { list-style: none; } }
`);
