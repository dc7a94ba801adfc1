// A file of keys and values, YAML or JSON, that a command is given; `-` is standard input. What is wrong with it is told by whoever asks.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AppError } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";

interface Refusals {
  missing(path: string): AppError;
  unreadable(path: string, why: string): AppError;
}

export async function readTree({ host }: Cli, file: string, refusals: Refusals): Promise<Record<string, unknown>> {
  const path = resolve(host.cwd, file);
  if (file !== "-" && !existsSync(path)) throw refusals.missing(path);
  const text = file === "-" ? await host.stdin.read() : readFileSync(path, "utf8");
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text);
  const [broken] = document.errors;
  const tree: unknown = broken ? undefined : document.toJS();
  if (typeof tree === "object" && tree !== null && !Array.isArray(tree)) return tree as Record<string, unknown>;
  const why = broken?.message.split("\n")[0] ?? "it does not hold keys and values";
  throw refusals.unreadable(file === "-" ? "standard input" : path, why);
}
