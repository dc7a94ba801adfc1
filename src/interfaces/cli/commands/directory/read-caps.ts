// Budgets and limits as they are typed (`usd: 100, every: month`) and as they are shown.
import type { CreateEntry } from "../../../../governance/contract.ts";
import { cliErrors } from "../../errors.ts";

type Caps = Pick<CreateEntry, "budgets" | "limits">;

const NONE = "none";

/** Given again, each is one more; `none` alone is an empty list, which takes all away. */
export function isNone(said: readonly string[]): boolean {
  return said.length === 1 && said[0] === NONE;
}

/** What was typed, for the server to check. */
export async function readCaps({ budget, limit }: { budget?: string[]; limit?: string[] }): Promise<Partial<Caps>> {
  const { parseDocument } = await import("yaml");
  const read = (said: readonly string[], option: string): object[] =>
    isNone(said)
      ? []
      : said.map((text) => {
          const document = parseDocument(`{ ${text} }`);
          const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
          const isCap =
            typeof value === "object" && value !== null && Object.values(value).every((one) => one !== null);
          if (!isCap) throw cliErrors.not_a_cap({ option, text });
          return value;
        });
  return {
    // The contract is checked where they arrive.
    ...(budget && { budgets: read(budget, "--budget") as Caps["budgets"] }),
    ...(limit && { limits: read(limit, "--limit") as Caps["limits"] }),
  };
}

/** `$100 a month, 60 requests a minute`. */
export function describeCaps({ budgets, limits }: Caps): string {
  const money = budgets.map(({ usd, every }) => `$${usd} ${every === "ever" ? "in all" : `a ${every}`}`);
  const use = limits.flatMap(({ requests, tokens, calls_in_flight: calls, every }) => [
    ...(requests === undefined ? [] : [`${requests} requests a ${every}`]),
    ...(tokens === undefined ? [] : [`${tokens} tokens a ${every}`]),
    ...(calls === undefined ? [] : [`${calls} calls at once`]),
  ]);
  return [...money, ...use].join(", ");
}
