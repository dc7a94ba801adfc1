// `storage`: what lies on disk by the day, how long it is kept, and what went lately.
import type { StorageView } from "../../../../ledger/contract.ts";
import { formatDuration } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatBytes } from "../../terminal/bytes.ts";
import { dotted, fact } from "../../terminal/page.ts";
import { dim } from "../../terminal/style.ts";

const DAYS_SHOWN = 14;
const SWEEPS_SHOWN = 5;
const DAY_MS = 86_400_000;

export async function showStorage(cli: Cli): Promise<void> {
  const { output } = cli;
  const view = await connect(cli).api.storage();
  if (output.isJson) return output.json(view);
  output.lines(describe(view));
  if (view.days.length === 0) return;
  output.note("");
  output.table(
    [{ title: "day" }, { title: "records", align: "right" }, { title: "bodies", align: "right" }],
    view.days
      .slice(-DAYS_SHOWN)
      .map(({ day, records_bytes, bodies_bytes }) => [
        day,
        formatBytes(records_bytes),
        bodies_bytes === 0 ? dim("gone") : formatBytes(bodies_bytes),
      ]),
  );
}

function describe({ total_bytes, disk_max_bytes, keep, days, sweeps }: StorageView) {
  const bound =
    disk_max_bytes === null ? dim("no bound; ledger.retention.disk_max sets one") : formatBytes(disk_max_bytes);
  return [
    fact("Database", ...dotted(formatBytes(total_bytes), bound)),
    fact("Kept", `records ${sayDays(keep.records_ms)}, bodies ${sayDays(keep.bodies_ms)}`),
    fact("Since", days[0]?.day ?? dim("nothing yet")),
    ...sweeps
      .slice(0, SWEEPS_SHOWN)
      .map(({ part, day, why, bytes, rows }) =>
        fact(
          "Went",
          ...dotted(`${part} of ${day ?? "wrong clocks"}`, why, rows > 0 ? `${rows} rows` : formatBytes(bytes)),
        ),
      ),
  ];
}

function sayDays(ms: number): string {
  return ms >= DAY_MS ? `${Math.round(ms / DAY_MS)} days` : formatDuration(ms);
}
