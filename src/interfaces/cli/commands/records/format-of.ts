// Which format a file of records has: what was said, or else the end of its name.
import { cliErrors } from "../../errors.ts";

/** Also written out in the command tree, which loads nothing of this. */
const FORMATS: ReadonlySet<string> = new Set(["ndjson", "csv", "parquet"]);

/** Throws `cli.no_format`. */
export function formatOf(file: string, said: string | undefined): string {
  const format = said ?? file.slice(file.lastIndexOf(".") + 1).replace("jsonl", "ndjson");
  if (!FORMATS.has(format)) throw cliErrors.no_format({ file });
  return format;
}
