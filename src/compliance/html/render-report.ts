// A report as one page that stands by itself: no script, nothing from elsewhere, made to be printed too.
import type { Cell, Control, Evidence, Finding, FrameworkView, Report, Table } from "../contract.ts";
import { escapeText, type Html, markup } from "./escape.ts";
import { style } from "./style.ts";

/** `origin`: of the server that made it, so that links lead there from wherever the page was saved. */
export function renderReport(report: Report, origin: string): string {
  const { framework, evidence } = report;
  const body = markup`
    ${head(report)} ${counts(report)} ${framework.dates.length > 0 ? dates(framework) : null}
    <h2>Controls</h2>
    ${framework.controls.map((each) => control(each, evidence))}
    <h2>Evidence</h2>
    ${evidence.map((each) => piece(each, origin))} ${foot(report)}
  `;
  const title = `${framework.title}, ${day(report.since_ms)} to ${day(report.until_ms)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light"><meta name="referrer" content="no-referrer">
<title>${escapeText(title)}</title><style>${style}</style></head>
<body><main>${body.html}</main></body></html>
`;
}

const words: Readonly<Record<Finding, string>> = {
  met: "met",
  not_met: "not met",
  no_data: "no data",
  for_a_person: "for a person",
};

const explained: Readonly<Record<Finding, string>> = {
  met: "the evidence is as expected",
  not_met: "the evidence is not as expected",
  no_data: "nothing of the kind in this time",
  for_a_person: "facts that a person has to judge",
};

const grouped = (value: number): string => value.toLocaleString("en-GB");
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
const mark = (finding: Finding): Html => markup`<span class="finding ${finding}">${words[finding]}</span>`;
const anchorOf = (id: string): string => `evidence-${id.replaceAll(/[^a-z0-9]/g, "-")}`;

function head({ framework, since_ms, until_ms, made_at_ms, made_by, version, caveat }: Report): Html {
  return markup`<h1>${framework.title}</h1>
    <p class="soft">What the evidence shows, from ${moment(since_ms)} to ${moment(until_ms)}.</p>
    <p>${framework.about}</p>
    <dl>
      <dt>Edition</dt>
      <dd>${framework.edition}</dd>
      <dt>As known on</dt>
      <dd>${framework.known_at}</dd>
      <dt>Made</dt>
      <dd>${moment(made_at_ms)}, by ${made_by.name} (${made_by.kind} ${made_by.id}), with Binnacle ${version}</dd>
    </dl>
    <p class="caveat">${caveat}</p>`;
}

function counts({ counts: found }: Report): Html {
  const each = (["met", "not_met", "for_a_person", "no_data"] as const).map(
    (finding) =>
      markup`<li>
        <b class="${finding}">${found[finding]}</b>${words[finding]}<br /><small>${explained[finding]}</small>
      </li>`,
  );
  return markup`<ul class="counts">
    ${each}
  </ul>`;
}

function dates({ dates: known }: FrameworkView): Html {
  const rows = known.map(
    ({ date, what, source }) =>
      markup`<tr>
        <td class="time">${date}</td>
        <td>${what}</td>
        <td><a href="${source.url}">${source.name}</a></td>
      </tr>`,
  );
  return markup`<h2>Dates</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th>from</th>
            <th>what</th>
            <th>source</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function control({ id, title, text, source, evidence: ids }: Control, all: readonly Evidence[]): Html {
  const found = all.filter((each) => ids.includes(each.id));
  const answers = found.map(
    (each) =>
      markup`<li>
        <span>${mark(each.finding)}</span
        ><span><a href="#${anchorOf(each.id)}">${each.title}</a><br />${each.says}</span>
      </li>`,
  );
  return markup`<section class="control">
    <h3>${id} · ${title}</h3>
    <p>${text}</p>
    <small>Source: <a href="${source.url}">${source.name}</a></small>
    <ul>
      ${answers}
    </ul>
  </section>`;
}

function piece(each: Evidence, origin: string): Html {
  const named = each.facts.map(
    ({ name, value }) =>
      markup`<dt>${name}</dt>
        <dd>${typeof value === "number" ? grouped(value) : (value ?? "–")}</dd>`,
  );
  const links = each.links.map(({ title, path }) => markup` · <a href="${origin}${path}">${title}</a>`);
  return markup`<section class="evidence" id="${anchorOf(each.id)}">
    <h3>${each.title} ${mark(each.finding)}</h3>
    <p class="says">${each.says}</p>
    ${each.expects === "" ? null : markup`<p class="soft">Expected: ${each.expects}</p>`}
    <dl>${named}</dl>
    ${each.tables.map(tableOf)}
    <small>Again: <code>${each.query}</code>${links}</small>
  </section>`;
}

function tableOf({ title, columns, rows, is_cut }: Table): Html {
  if (rows.length === 0) return markup``;
  const isOfNumbers = (at: number): boolean => rows.every((row) => typeof row[at] === "number");
  const heads = columns.map((column, at) => markup`<th class="${isOfNumbers(at) ? "number" : "words"}">${column}</th>`);
  const lines = rows.map(
    (row) =>
      markup`<tr>
        ${row.map(cell)}
      </tr>`,
  );
  return markup`<h4>${title}</h4>
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${lines}
        </tbody>
      </table>
    </div>
    ${is_cut ? markup`<p class="soft">There are more than these ${rows.length}; the links below lead to all.</p>` : null}`;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function cell(value: Cell): Html {
  if (value === null) return markup`<td>–</td>`;
  if (typeof value === "number") return markup`<td class="number">${grouped(value)}</td>`;
  if (TIME.test(value)) return markup`<td class="time">${value.slice(0, 19).replace("T", " ")}</td>`;
  return markup`<td class="${LONG_WORD.test(value) ? "long" : "words"}">${value}</td>`;
}

/** Would make its column wider than a page, unless it may be broken anywhere. */
const LONG_WORD = /[^\s-]{20}/;

function foot({ sha256, framework }: Report): Html {
  return markup`<footer>
    <p>SHA-256 of this report as JSON (RFC 8785, without its own hash): <code>${sha256}</code></p>
    <p class="soft">
      The same hash stands in the audit entry of its making (<code>compliance.report</code>, ${framework.id}). Times are
      UTC.
    </p>
  </footer>`;
}
