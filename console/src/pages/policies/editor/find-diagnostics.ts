// The server's objection to a version, at the file and line that its words name.
import type { Problem } from "../../../api/explain-error.ts";
import type { Diagnostic } from "../../../components/inputs/code/diagnostic.ts";

const place = /\bin ([\w.-]+\.(?:cedar|cases\.yaml))(?:, line (\d+))?/;

export interface PlacedDiagnostic {
  /** Null where the words name no file: it is about all of them. */
  file: string | null;
  diagnostic: Diagnostic;
}

export function findDiagnostic({ message, fix }: Pick<Problem, "message" | "fix">): PlacedDiagnostic {
  const [, file = null, line] = place.exec(message) ?? [];
  return { file, diagnostic: { message: `${message} ${fix}`, line: line === undefined ? undefined : Number(line) } };
}
