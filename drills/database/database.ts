// `database`: PostgreSQL goes away under load, in both ways in which it can: a server of somebody else's is stopped for a
// while, and Binnacle's own is killed. Calls go on, and the record catches up.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type DrillContext, type DrillResult, defineDrill } from "../drill.ts";
import { killServer } from "./kill-server.ts";
import { stopServer } from "./stop-server.ts";

export const databaseDrill = defineDrill({
  name: "database",
  takes: "2 min",
  summary: "PostgreSQL stopped, and killed, under load: no call fails, no answered call is lost",
  options: z.object({
    down: z.coerce.number().min(1).max(3600).default(60).describe("seconds that the server stays stopped"),
    rate: z.coerce.number().min(1).max(1000).default(100).describe("calls a second"),
    kills: z.coerce.number().int().min(1).max(100).default(3).describe("how often Binnacle's own server is killed"),
    mode: z.enum(["both", "stop", "kill"]).default("both").describe("both, stop or kill"),
  }),
  async run(context, { down, rate, kills, mode }) {
    const results: DrillResult[] = [];
    if (mode !== "kill") results.push(await stopServer(within(context, "stop"), { downMs: down * 1000, rate }));
    if (mode !== "stop") results.push(await killServer(within(context, "kill"), { kills, rate }));
    return {
      checks: results.flatMap(({ checks }) => checks),
      figures: Object.assign({}, ...results.map(({ figures }) => figures)),
    };
  },
});

/** Each part has an installation, and so a folder, of its own. */
function within(context: DrillContext, name: string): DrillContext {
  const folder = join(context.folder, name);
  mkdirSync(folder, { mode: 0o711 });
  return { ...context, folder };
}
