// A value of the configuration and where it was set, as a reader would write them.
import type { Settings } from "../../../../../src/interfaces/contract.ts";
import { formatBytes, formatDuration } from "../../../format/figures.ts";

export type Setting = Settings["settings"][number];

/** `5 min`, `16.8 MB`, `true`, `["a"]`; `not set` for nothing. */
export function sayValue(value: unknown, unit: Setting["unit"]): string {
  if (value === null || value === undefined) return "not set";
  if (typeof value === "number" && unit === "ms") return formatDuration(value);
  if (typeof value === "number" && unit === "bytes") return formatBytes(value);
  if (typeof value === "string") return value === "" ? "empty" : value;
  return JSON.stringify(value);
}

export function saySource({ source }: Setting): string {
  if (source.kind === "file") return `${source.file.split("/").at(-1)}, line ${source.line}`;
  if (source.kind === "environment") return `$${source.variable}`;
  return "default";
}

/** Every word is in the path, the description or the value. */
export function matchesSetting(setting: Setting, find: string): boolean {
  const text = `${setting.path} ${setting.description} ${sayValue(setting.value, setting.unit)}`.toLowerCase();
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
