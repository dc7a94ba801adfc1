// `vendors list` and `vendors limits`: who can be asked, and what they allow of it.
import { formatDuration } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cyan, dim, yellow } from "../../terminal/style.ts";

const right = "right" as const;

export async function listVendors(cli: Cli): Promise<void> {
  const { output } = cli;
  const answer = await connect(cli).api.vendors();
  if (output.isJson) return output.json(answer);
  output.table(
    [
      { title: "VENDOR" },
      { title: "SPEAKS", shrinksTo: 10 },
      { title: "AT", shrinksTo: 12 },
      { title: "FOUND BY", goes: 1 },
    ],
    answer.vendors.map(({ name, dialects, base_url, found_by }) => [
      cyan(name),
      dialects.join(", "),
      base_url,
      dim(found_by),
    ]),
  );
}

export async function listVendorLimits(cli: Cli): Promise<void> {
  const { output } = cli;
  const answer = await connect(cli).api.vendorLimits();
  if (output.isJson) return output.json(answer);
  if (answer.limits.length === 0)
    return output.note("No vendor has told of a limit, or gateway.health.adaptive is off.");
  output.table(
    [
      { title: "MODEL", shrinksTo: 10 },
      { title: "KEY", shrinksTo: 8, goes: 1 },
      { title: "LEFT" },
      { title: "HELD FOR" },
      { title: "WAITING", align: right },
      { title: "TURNED AWAY", align: right },
    ],
    answer.limits.map(({ vendor, model, credential, quotas, held_for_ms, waiting, turned_away }) => [
      cyan(`${vendor}/${model}`),
      dim(credential),
      quotas
        .map(({ unit, limit, remaining }) => `${remaining}${limit === null ? "" : ` of ${limit}`} ${unit}`)
        .join(", ") || dim("–"),
      held_for_ms > 0 ? yellow(formatDuration(held_for_ms)) : dim("–"),
      String(waiting),
      String(turned_away),
    ]),
  );
}
