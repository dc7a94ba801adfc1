// What a list is asked for, from the options of a command; and where its next page is.
import type { Cli } from "../../cli.ts";
import { readPast } from "../../read-time.ts";
import { dim } from "../../terminal/style.ts";

export interface ListOptions {
  limit: number;
  since?: string;
  until?: string;
  cursor?: string;
  filter?: string;
}

/** Throws `cli.usage`. */
export function readQuery({ host }: Cli, { since, until, ...query }: ListOptions) {
  return {
    ...query,
    ...(since !== undefined && { since_ms: readPast(since, host.nowMs()) }),
    ...(until !== undefined && { until_ms: readPast(until, host.nowMs()) }),
  };
}

export function noteNext({ output }: Cli, cursor: string | null): void {
  if (cursor !== null && output.isTerminal) output.note(dim(`More, with the same options and --cursor ${cursor}`));
}
