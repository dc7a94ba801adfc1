// `cache purge`.
import type { CachePurge } from "../../../../gateway/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { green, red } from "../../terminal/style.ts";

export interface PurgeOptions {
  model?: string;
  team?: string;
  project?: string;
  user?: string;
  keyId?: string;
  all?: boolean;
}

/** Without options it takes nothing out, unless all is meant. */
export async function purgeCache(cli: Cli, { all, keyId, ...rest }: PurgeOptions): Promise<number | void> {
  const { output } = cli;
  const meant: CachePurge = { ...rest, ...(keyId !== undefined && { key_id: keyId }) };
  if (Object.keys(meant).length === 0 && !all) {
    output.note(red("Say what is to go: --model, --team, --project, --user, --key-id, or --all."));
    return 2;
  }
  const purged = await connect(cli).api.cache.purge(meant);
  if (output.isJson) return output.json(purged);
  const there = purged.database === null ? "" : `, ${purged.database} from the database`;
  output.line(green("Purged "), `${purged.memory} answers from the server's memory${there}. Other servers follow.`);
}
