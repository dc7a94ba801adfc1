// Token counts, both directions. Ollama counts what it read and what it wrote, thinking included; of caches it says nothing.
// What it did not count it leaves out: old versions do so where the whole prompt was in memory still.
import type { Extra, Usage } from "../../contract.ts";
import { readCount } from "../fields.ts";

const NAMES = ["prompt_eval_count", "eval_count"] as const;

/** From the last line of an answer; undefined where it counts nothing. */
export function readUsage(line: Extra): Usage | undefined {
  const [input, output] = NAMES.map((name) => readCount(line[name]));
  if (input === undefined && output === undefined) return undefined;
  const raw = Object.fromEntries(NAMES.filter((name) => name in line).map((name) => [name, line[name]]));
  return { input: input ?? 0, output: output ?? 0, cache_read: 0, cache_write: 0, reasoning: 0, raw };
}

/** Members for the last line of an answer to a caller. */
export function writeUsage({ input, output }: Usage): Extra {
  return { prompt_eval_count: input, eval_count: output };
}
