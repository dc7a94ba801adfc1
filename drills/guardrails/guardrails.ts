// `guardrails`: answers with something in them that must not go out, cut at random places in every dialect, and how much CPU the
// checks take.
import { z } from "zod";
import { guardrailsConfigSchema } from "../../src/guardrails/index.ts";
import { measureChecks } from "./measure-checks.ts";
import { type DialectName, dialectNames } from "../../src/providers/index.ts";
import { leakIn } from "../../src/guardrails/screening/leaks.fixture.ts";
import { randomFrom } from "../../src/guardrails/screening/streams.fixture.ts";
import { type Check, defineDrill, type DrillContext } from "../drill.ts";

/** The event loop turns after so many, so that the drill can be interrupted. */
const AT_ONCE = 100;
const LEAKS_SHOWN = 3;

const USUAL = { policies: { usual: { checks: [{ kinds: ["pii", "secrets", "injection"], mode: "mask" }] } } };

export const guardrailsDrill = defineDrill({
  name: "guardrails",
  takes: "3 min",
  summary: "what is masked in streams never goes out, however they are cut, in any dialect; and the checks' CPU",
  options: z.object({
    splittings: z.coerce.number().int().min(1).default(100_000).describe("random splittings, over all dialects"),
    us_per_kb_max: z.coerce.number().min(1).default(25).describe("CPU of the default checks for a KB of text"),
  }),
  async run(context, { splittings, us_per_kb_max: most }) {
    const each = Math.ceil(splittings / dialectNames.length);
    const table = [["", "dialect", "splittings", "leaks"]];
    const leaks: string[] = [];
    for (const dialect of dialectNames) {
      const found = await splitAll(dialect, each, context);
      leaks.push(...found);
      table.push(["", dialect, `${each}`, `${found.length}`]);
    }
    const { microsPerKb } = measureChecks(guardrailsConfigSchema.parse(USUAL));
    const cpu = Math.round(microsPerKb * 10) / 10;
    const checks: Check[] = [
      {
        that: "no part of what is masked goes out",
        holds: leaks.length === 0,
        found:
          leaks.length === 0
            ? `${each * dialectNames.length} splittings, 0 leaks`
            : leaks.slice(0, LEAKS_SHOWN).join("; "),
      },
      { that: `the default checks take at most ${most} µs a KB`, holds: cpu <= most, found: `${cpu} µs` },
    ];
    return { checks, table, figures: { splittings: each * dialectNames.length, leaks: leaks.length, us_per_kb: cpu } };
  },
});

async function splitAll(dialect: DialectName, count: number, { seed, signal, say }: DrillContext): Promise<string[]> {
  const leaks: string[] = [];
  say(`${dialect}: ${count} splittings`);
  for (let at = 0; at < count && !signal.aborted; at += 1) {
    if (at % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const own = seed * 1_000_003 + at;
    const leak = leakIn(dialect, randomFrom(own));
    if (leak) leaks.push(`${dialect}, ${own}: ${JSON.stringify(leak)}`);
  }
  return leaks;
}
