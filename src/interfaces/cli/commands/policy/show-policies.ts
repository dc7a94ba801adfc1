// `policy list`, `policy show` and `policy diff`.
import type { PolicyVersionView } from "../../../../policy/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, type Line, red, yellow } from "../../terminal/style.ts";
import type { PolicyFile } from "./read-policy-files.ts";

export async function listVersions(cli: Cli, limit: number): Promise<void> {
  const { host, output } = cli;
  const { versions } = await connect(cli).api.policies.list({ limit });
  if (output.isJson) return output.json({ versions });
  if (versions.length === 0) return output.line("The shipped policies alone decide: no version was proposed yet.");
  output.table(
    [
      { title: "VERSION" },
      { title: "STATE" },
      { title: "PROPOSED" },
      { title: "BY", shrinksTo: 8 },
      { title: "APPROVED BY", shrinksTo: 8 },
      { title: "NOTE", shrinksTo: 20 },
    ],
    versions.map(({ number, state, proposed, approved, note }) => [
      cyan(String(number)),
      STATES[state],
      formatMoment(proposed.at_ms, host.nowMs()),
      proposed.key_name,
      approved?.key_name ?? "",
      note,
    ]),
  );
}

const STATES = {
  draft: dim("draft"),
  review: yellow("review"),
  active: green("active"),
  retired: dim("retired"),
} as const satisfies Record<PolicyVersionView["state"], unknown>;

export async function showPolicies(cli: Cli, number: number | undefined): Promise<void> {
  const { output } = cli;
  const { policies } = connect(cli).api;
  if (number !== undefined) {
    const found = await policies.get({ number });
    if (output.isJson) return output.json(found);
    output.line(dim(`// version ${number}, ${found.version.state}: ${found.version.note}`));
    return printFiles(cli, found.files);
  }
  const active = await policies.active();
  if (output.isJson) return output.json(active);
  output.table(
    [{ title: "POLICY" }, { title: "EFFECT" }, { title: "FILE" }, { title: "WHY", shrinksTo: 20 }],
    active.policies.map(({ id, effect, file, why }) => [
      cyan(id),
      effect === "permit" ? green(effect) : red(effect),
      file,
      why,
    ]),
  );
  printFiles(cli, active.files);
}

function printFiles({ output }: Cli, files: readonly PolicyFile[]): void {
  for (const { name, text } of files) {
    output.line(dim(`// ${name}`));
    output.text(text.endsWith("\n") ? text : `${text}\n`);
  }
}

export async function diffVersions(cli: Cli, number: number, other: number | undefined): Promise<void> {
  const { output } = cli;
  const { policies } = connect(cli).api;
  const next = (await policies.get({ number })).files;
  const before = other === undefined ? (await policies.active()).files : (await policies.get({ number: other })).files;
  const lines = diffFiles(before, next);
  if (output.isJson) return output.json({ changes: lines });
  if (lines.length === 0) return output.line("They say the same.");
  output.lines(lines.map(coloured));
}

const coloured = (line: string): Line => {
  if (line.startsWith("+")) return [green(line)];
  return [line.startsWith("-") ? red(line) : dim(line)];
};

/** Lines that came and went, file by file. */
function diffFiles(before: readonly PolicyFile[], next: readonly PolicyFile[]): string[] {
  const names = [...new Set([...before, ...next].map(({ name }) => name))].toSorted();
  const linesOf = (files: readonly PolicyFile[], name: string): string[] =>
    files
      .find((file) => file.name === name)
      ?.text.split("\n")
      .filter((line) => line.trim() !== "") ?? [];
  return names.flatMap((name) => {
    const changes = diffLines(linesOf(before, name), linesOf(next, name));
    return changes.length === 0 ? [] : [name, ...changes];
  });
}

/** What is left once the longest beginning and end that both have in common are away. */
function diffLines(before: readonly string[], next: readonly string[]): string[] {
  let start = 0;
  while (start < Math.min(before.length, next.length) && before[start] === next[start]) start += 1;
  let end = 0;
  const least = Math.min(before.length, next.length) - start;
  while (end < least && before[before.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  return [
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...next.slice(start, next.length - end).map((line) => `+ ${line}`),
  ];
}
