// `isolation`: every role, every operation of the API's document, one's own and foreign organisations, all of them; then the program
// is killed, and asked again for what is no longer in its memory. Who may do what stands in a plain table that knows no policy.
import { z } from "zod";
import { readOperations } from "../../test/support/api/operations.ts";
import { seed, type Seeded } from "../../test/support/isolation/seed.ts";
import { type Trial, trialsOf, tryOne } from "../../test/support/isolation/trials.ts";
import { defineDrill } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { createOwnPostgres } from "../installation/own-postgres.ts";

const TOLD_MAX = 10;

export const isolationDrill = defineDrill({
  name: "isolation",
  takes: "1 min",
  summary:
    "each role, each operation, own and foreign organisations: as the table of rights says, and nothing foreign is told",
  options: z.object({
    at_once: z.coerce.number().int().min(1).max(64).default(8).describe("requests under way at once"),
  }),
  async run(context, { at_once: atOnce }) {
    const postgres = createOwnPostgres(context);
    await postgres.start();
    const installation = createInstallation(context, { env: { DATABASE_URL: await postgres.url() } });
    const first = await installation.start();
    const seeded = await seed(first);
    context.say("three organisations are there; everybody asks for everything …");
    const all = trialsOf(readOperations(), seeded);
    const wrong = await tryAll(first, all, atOnce);
    await first.kill();
    const again = await installation.start();
    context.say("killed and started again; what is read is asked for once more …");
    const reads = all.filter(({ operation }) => operation.method === "GET");
    const wrongAgain = await tryAll(again, reads, atOnce);
    await again.stop();
    return {
      checks: [
        check(`${all.length} requests had the answer that the table says, and told nothing foreign`, wrong),
        check(`${reads.length} requests did so again after a start`, wrongAgain),
      ],
      figures: {
        trials: all.length + reads.length,
        operations: new Set(all.map(({ operation }) => operation.id)).size,
        organisations: organisationsOf(seeded),
        wrong: wrong.length + wrongAgain.length,
      },
    };
  },
});

async function tryAll({ url }: RunningBinnacle, trials: readonly Trial[], atOnce: number): Promise<string[]> {
  const problems: string[] = [];
  for (let at = 0; at < trials.length; at += atOnce)
    problems.push(...(await Promise.all(trials.slice(at, at + atOnce).map((trial) => tryOne(url, trial)))).flat());
  return problems;
}

function check(that: string, wrong: readonly string[]) {
  const found =
    wrong.length === 0 ? "none was wrong" : `${wrong.length} were wrong: ${wrong.slice(0, TOLD_MAX).join("; ")}`;
  return { that, holds: wrong.length === 0, found };
}

const organisationsOf = (seeded: readonly Seeded[]): number => seeded.length;
