// `routes show` and `routes history`.
import type { RouteVersionView, RouteView } from "../../../../gateway/contract.ts";
import { describeDifferences } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatExactly, formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, type Piece, red } from "../../terminal/style.ts";

export async function showRoute(cli: Cli, name: string): Promise<void> {
  const { output } = cli;
  const route = await connect(cli).api.routes.get({ name });
  if (output.isJson) return output.json(route);
  const { stringify } = await import("yaml");
  output.line(dim(`# ${describeOrigin(route)}`));
  output.text(stringify(route.plan, { lineWidth: 0 }));
}

function describeOrigin({ name, revision, changed_at_ms, changed_by }: RouteView): string {
  if (revision === null || changed_at_ms === null) return `${name}, of the configuration file`;
  return `${name}, revision ${revision}, changed ${formatExactly(changed_at_ms)} by ${changed_by?.key_name}`;
}

export async function showHistory(cli: Cli, name: string, { limit }: { limit: number }): Promise<void> {
  const { host, output } = cli;
  // One more, to say what the last one shown has changed.
  const { versions } = await connect(cli).api.routes.history({ name, limit: Math.min(limit + 1, 1000) });
  const shown = versions.slice(0, limit);
  if (output.isJson) return output.json({ versions: shown });
  output.table(
    [{ title: "REVISION" }, { title: "WHEN" }, { title: "WHO", shrinksTo: 8 }, { title: "WHAT", shrinksTo: 20 }],
    shown.map((version, index) => [
      cyan(String(version.revision)),
      formatMoment(version.changed_at_ms, host.nowMs()),
      version.changed_by.key_name,
      whatWasDone(version, versions[index + 1]),
    ]),
  );
}

function whatWasDone({ plan }: RouteVersionView, before: RouteVersionView | undefined): Piece {
  if (plan === null) return red("deleted");
  const changes = describeDifferences(before?.plan ?? undefined, plan).join("; ");
  return before && before.plan !== null ? changes : green(`made: ${changes}`);
}
