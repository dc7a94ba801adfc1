// A rule's spec as text to be read and written, and where in it something is wrong. Durations are written `15m`. Pure.
import type { Diagnostic } from "../../../components/inputs/code/diagnostic.ts";

const durations = new Set(["for", "keep_firing", "window", "within"]);
const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

export function textOf(spec: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(spec, (name, value: unknown) => (durations.has(name) && typeof value === "number" ? sayDuration(value) : value), 2)}\n`;
}

/** `15m`, as the configuration has it; what is no whole number of seconds stays milliseconds. */
export function sayDuration(ms: number): string {
  if (ms === 0) return "0s";
  const [unit, size] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ["ms", 1];
  return `${ms / size}${unit}`;
}

export type Read = { spec: Record<string, unknown>; problem: null } | { spec: null; problem: Diagnostic };

export function readText(text: string): Read {
  try {
    const spec = JSON.parse(text) as unknown;
    if (typeof spec === "object" && spec !== null && !Array.isArray(spec))
      return { spec: spec as Record<string, unknown>, problem: null };
    return { spec: null, problem: { message: "A rule is an object: { … }.", line: 1 } };
  } catch (error) {
    return { spec: null, problem: { message: messageOf(error), line: lineOfError(error, text) } };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `This is no JSON: ${error.message}` : "This is no JSON.";
}

/** Some browsers say the place by its offset, others by its line, others not at all. */
function lineOfError(error: unknown, text: string): number | undefined {
  const message = error instanceof Error ? error.message : "";
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const offset = /position (\d+)/.exec(message)?.[1];
  return offset === undefined ? undefined : text.slice(0, Number(offset)).split("\n").length;
}

/** The server names each problem by its path, a line each: `  - window: between 1m and 7d`. */
export function diagnosticsOf(message: string, text: string): Diagnostic[] {
  return message.split("\n").flatMap((line): Diagnostic[] => {
    const found = /^\s*- (?:([\w.]+|\(top\)): )?(.*)$/.exec(line);
    if (found === null) return [];
    const [, path = "", said = ""] = found;
    const named = path === "(top)" || path === "" ? undefined : path;
    return [{ message: named === undefined ? said : `${named}: ${said}`, line: lineOf(named, text) }];
  });
}

function lineOf(path: string | undefined, text: string): number | undefined {
  const name = path
    ?.split(".")
    .filter((part) => !/^\d+$/.test(part))
    .at(-1);
  if (name === undefined) return undefined;
  const index = text.split("\n").findIndex((line) => line.trimStart().startsWith(`"${name}"`));
  return index === -1 ? undefined : index + 1;
}
