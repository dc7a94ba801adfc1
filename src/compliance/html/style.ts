// How a report looks, on a screen and on paper. It is part of the page: a report needs nothing beside itself.

export const style = `
:root { --ink: #1c2733; --soft: #5a6775; --line: #d9dfe5; --ground: #ffffff; --shade: #f5f7f9; --deep: #1f4b6e;
  --good: #1e6b45; --bad: #a32626; --ask: #7a5300; --none: #5a6775; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--shade); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 78rem; margin: 0 auto; padding: 2.5rem 3rem 4rem; background: var(--ground); min-height: 100vh; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-bottom: .35rem; border-bottom: 2px solid var(--deep); }
h3 { font-size: 1.02rem; margin: 0 0 .3rem; }
h4 { font-size: .88rem; margin: 1.1rem 0 .35rem; color: var(--soft); font-weight: 600; }
p { margin: 0 0 .6rem; max-width: 48rem; }
a { color: var(--deep); }
small, .soft { color: var(--soft); font-size: .86rem; }
code { font: .82em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.caveat { border-left: 4px solid var(--ask); background: #fdf8ec; padding: .7rem 1rem; margin: 1.2rem 0; max-width: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: .6rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; margin: 1.2rem 0; list-style: none; }
.counts li { flex: 1 1 9rem; border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem; }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.finding { display: inline-block; border: 1px solid currentColor; border-radius: 4px; padding: 0 .45rem; font-size: .78rem;
  font-weight: 600; white-space: nowrap; }
.met { color: var(--good); } .not_met { color: var(--bad); } .for_a_person { color: var(--ask); } .no_data { color: var(--none); }
.control, .evidence { border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1.1rem; margin: 0 0 .8rem; break-inside: avoid; }
.evidence { break-inside: auto; }
.control ul { list-style: none; padding: 0; margin: .5rem 0 0; }
.control li { display: grid; grid-template-columns: 8.5rem 1fr; gap: .6rem; padding: .25rem 0; border-top: 1px solid var(--line); }
.says { font-weight: 500; }
.wide { overflow-x: auto; margin: 0 0 .4rem; }
table { border-collapse: collapse; font-size: .84rem; }
th { text-align: left; font-weight: 600; color: var(--soft); background: var(--shade); white-space: nowrap; }
th, td { padding: .32rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td { max-width: 22rem; overflow-wrap: break-word; }
td.long { min-width: 7rem; overflow-wrap: anywhere; }
th.number { text-align: right; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 44rem) {
  main { padding: 1.4rem 1.1rem 3rem; }
  h1 { font-size: 1.4rem; }
  dl { grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: .2rem .8rem; }
  dt { max-width: 9rem; }
  .control li { grid-template-columns: 1fr; gap: .15rem; }
}
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; min-height: 0; }
  h2 { break-after: avoid; } h3, h4 { break-after: avoid; }
  .wide { overflow: visible; }
  table { font-size: 7.4pt; }
  td, td.time, td.long, th { white-space: normal; min-width: 0; max-width: none; padding: .2rem .35rem; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  .control, .evidence { border-radius: 0; }
}
`;
