// `cache stats`.
import { formatUsd } from "../../../../kernel/index.ts";
import type { CacheState } from "../../../../gateway/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { formatBytes } from "../../terminal/bytes.ts";
import { dotted, fact } from "../../terminal/page.ts";
import { dim, green, type Line, red } from "../../terminal/style.ts";

export async function showCache(cli: Cli): Promise<void> {
  const { output } = cli;
  const state = await connect(cli).api.cache.state();
  if (output.isJson) return output.json(state);
  output.lines(describeCache(state));
}

function describeCache({ enabled, memory, database, calls, saved_usd_micros, semantic }: CacheState): Line[] {
  const saved = formatUsd(saved_usd_micros);
  return [
    fact("Cache", enabled ? green("on") : dim("off; gateway.cache.enabled turns it on")),
    fact(
      "Memory",
      ...dotted(`${memory.entries} answers`, `${formatBytes(memory.bytes)} of ${formatBytes(memory.bytes_max)}`),
    ),
    fact("Database", ...describeDatabase(database)),
    fact("Calls", ...dotted(...Object.entries(calls).map(([outcome, count]) => `${count} ${outcome}`))),
    ...(semantic ? [fact("Alike", ...describeSemantic(semantic))] : []),
    fact("Saved", `${saved} by this process, since it started`),
  ];
}

function describeSemantic({
  questions,
  without_vector,
  judged_right,
  judged_wrong,
}: NonNullable<CacheState["semantic"]>) {
  return dotted(
    `${questions} questions`,
    `${judged_right} judged right`,
    `${judged_wrong} judged wrong`,
    ...(without_vector === 0 ? [] : [red(`${without_vector} calls without a vector`)]),
  );
}

function describeDatabase(database: CacheState["database"]): Line {
  if (database === null) return [dim("not used")];
  const { available, entries, bytes, unwritten, slow_reads } = database;
  return dotted(
    available ? green("available") : red("away"),
    ...(entries === null || bytes === null ? [] : [`${entries} answers`, formatBytes(bytes)]),
    ...(unwritten === 0 ? [] : [red(`${unwritten} not written`)]),
    ...(slow_reads === 0 ? [] : [`${slow_reads} slow look-ups`]),
  );
}
