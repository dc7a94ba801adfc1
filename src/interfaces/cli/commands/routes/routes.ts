// `routes list` and `routes explain`: the routes there are, and what one would do with a request.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Explain, Explanation } from "../../../../gateway/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { fact, joinSections, section } from "../../terminal/page.ts";
import { bold, cyan, dim, type Line, red } from "../../terminal/style.ts";
import { alignRows } from "../../terminal/table.ts";

export interface ExplainOptions {
  request: string;
  model?: string;
  dialect?: Explain["dialect"];
  header?: string[];
  keyId?: string;
  times?: number;
}

export async function listRoutes(cli: Cli): Promise<void> {
  const { output } = cli;
  const { routes } = await connect(cli).api.routes.list();
  if (output.isJson) return output.json({ routes });
  if (routes.length === 0)
    return output.note(
      "There are no routes; gateway.routes in the configuration makes some, and `binnacle routes set`.",
    );
  output.table(
    [
      { title: "ROUTE", shrinksTo: 12 },
      { title: "FROM" },
      { title: "STRATEGY" },
      { title: "KEEPS" },
      { title: "TARGETS", shrinksTo: 20 },
    ],
    routes.map(({ name, source, revision, strategy, affinity, targets }) => [
      cyan(name),
      revision === null ? source : `${source}, ${revision}`,
      strategy,
      affinity === "none" ? dim("–") : affinity,
      targets.join(", "),
    ]),
  );
}

export async function explainRoute(cli: Cli, options: ExplainOptions): Promise<void> {
  const { output } = cli;
  const { model, dialect, keyId, times } = options;
  const explanation = await connect(cli).api.routes.explain({
    request: await readRequest(cli, options.request),
    headers: readHeaders(options.header ?? []),
    ...(model !== undefined && { model }),
    ...(dialect !== undefined && { dialect }),
    ...(keyId !== undefined && { key_id: keyId }),
    ...(times !== undefined && { times }),
  });
  if (output.isJson) return output.json(explanation);
  output.lines(describeExplanation(explanation, output.columns));
}

function describeExplanation(explanation: Explanation, columns: number): Line[] {
  const { model, route, considered, attempts, compound, facts, distribution } = explanation;
  const roles = compound.map(({ target, role, says }) => ({ target, reason: `${role}: ${says}` }));
  const isInOrder = compound.every(({ role }) => role === "shadow");
  return joinSections([
    [[bold(model), "  ", route.reason]],
    [
      fact("Strategy", route.strategy),
      fact("Goes in", `about ${facts.input_tokens} tokens`),
      ...(facts.complexity === null ? [] : [fact("Complexity", `${facts.complexity} of 1`)]),
      ...describeSimilarities(facts.similarities),
      ...(facts.region === null ? [] : [fact("Region", facts.region)]),
      ...(facts.data_class === null ? [] : [fact("Data class", facts.data_class)]),
    ],
    section("Considered", rowsOf(considered, columns)),
    section("Would be tried", isInOrder ? rowsOf(attempts, columns) : []),
    section(isInOrder ? "Beside it" : "Would be asked", rowsOf(roles, columns)),
    section("Many like it would go first to", describeSpread(distribution ?? [], columns)),
  ]);
}

function describeSpread(distribution: NonNullable<Explanation["distribution"]>, columns: number): Line[] {
  const rows = distribution.map(({ target, calls, share }) => [
    `${(share * 100).toFixed(1)} %`,
    target === null ? red("nobody: refused") : cyan(target),
    dim(`${calls} calls`),
  ]);
  return alignRows([{ align: "right" }, {}, { shrinksTo: 10 }], rows, columns - 2).map((line) => ["  ", ...line]);
}

function describeSimilarities(similarities: Explanation["facts"]["similarities"]): Line[] {
  const said = Object.entries(similarities ?? {}).map(([place, similarity]) => `${similarity} to ${place}`);
  return said.length === 0 ? [] : [fact("Similarity", said.join(", "))];
}

function rowsOf(all: readonly { target: string; reason: string }[], columns: number): Line[] {
  const rows = all.map(({ target, reason }, index) => [`${index + 1}`, cyan(target), dim(reason)]);
  return alignRows([{}, {}, { shrinksTo: 20 }], rows, columns - 2).map((line) => ["  ", ...line]);
}

async function readRequest({ host }: Cli, file: string): Promise<Record<string, unknown>> {
  const path = resolve(host.cwd, file);
  if (file !== "-" && !existsSync(path)) throw cliErrors.no_request_file({ path });
  const text = file === "-" ? await host.stdin.read() : readFileSync(path, "utf8");
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw cliErrors.not_a_request({ path: file === "-" ? "standard input" : path });
}

function readHeaders(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw cliErrors.not_a_header({ line });
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
