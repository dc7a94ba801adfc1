// Any error, as the command line tells it: what went wrong, and what to do about it.
import { ORPCError } from "@orpc/client";
import { z } from "zod";
import { isAppError } from "../../kernel/index.ts";
import type { Cli } from "./cli.ts";
import { cleanJson } from "./terminal/clean-text.ts";
import { red } from "./terminal/style.ts";

export interface Explained {
  code: string;
  message: string;
  fix: string;
  /** Where a defect happened; only defects have one. */
  stack?: string;
}

/** Errors of this program and of the server keep their own words; anything else is a defect of the command line. */
export function explainError(error: unknown): Explained {
  if (isAppError(error)) return { code: error.code, message: error.message, fix: error.fix };
  if (error instanceof ORPCError) return explainServerError(error);
  return {
    code: "cli.internal",
    message: `The command failed: ${error instanceof Error ? error.message : String(error)}`,
    fix: "This is a defect of the command line; please report it with the lines above.",
    ...(error instanceof Error && error.stack ? { stack: error.stack } : {}),
  };
}

const serverErrorData = z.object({
  fix: z.string().optional(),
  issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional() })).optional(),
});

function explainServerError(error: ORPCError<string, unknown>): Explained {
  const data = serverErrorData.safeParse(error.data).data;
  const issues = data?.issues?.map(({ path = [], message }) => `${path.join(".")}: ${message}`);
  return {
    code: error.code,
    message: issues ? `${error.message}: ${issues.join("; ")}.` : error.message,
    fix: data?.fix ?? (error.status < 500 ? "Mend what is named above." : "Look at the server's log."),
  };
}

/** Shows an error on stderr: two lines for people, one JSON document with --json. */
export function showError({ host, output }: Cli, { code, message, fix, stack }: Explained): void {
  if (output.isJson) return host.stderr.write(`${cleanJson({ error: { code, message, fix } }, 2)}\n`);
  for (const line of stack?.split("\n").slice(1) ?? []) output.note(line);
  const [first = "", ...rest] = message.split("\n");
  output.note(red("error: "), first);
  for (const line of [...rest, ...fix.split("\n")]) output.note("  ", line);
}
