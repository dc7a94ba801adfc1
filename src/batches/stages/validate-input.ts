// A batch that was just made: its input file becomes lines, or the batch fails and says line by line why.
import { isAppError } from "../../kernel/index.ts";
import type { Batch, InputProblem } from "../batch.ts";
import type { BatchesConfig } from "../config.ts";
import { readPieces } from "../pieces.ts";
import type { StoreParts } from "../store/store.ts";
import { checkLine } from "./check-line.ts";
import { createLinePutter } from "./put-lines.ts";
import { splitLines } from "./split-lines.ts";

type InputBounds = Pick<BatchesConfig, "request_bytes_max" | "requests_max">;

const PROBLEMS_MAX = 100;

/** Within one transaction: whoever looks sees no lines, or all of them. False: what was put in must be taken back. */
export async function validateInput(batch: Batch, store: StoreParts, bounds: InputBounds): Promise<boolean> {
  const { total, problems } = await readInput(batch, store, bounds).catch(refusalOfErased);
  if (problems.length === 0) return store.batches.begin(batch.id, total);
  await store.lines.removeAll(batch.id);
  await store.batches.refuse(batch.id, problems);
  return true;
}

/** To read it again would not help. */
function refusalOfErased(error: unknown): { total: number; problems: InputProblem[] } {
  if (!isAppError(error) || error.code !== "batches.erased") throw error;
  return { total: 0, problems: [{ code: "file_erased", message: error.message, line: null, param: null }] };
}

async function readInput(batch: Batch, { files, lines }: StoreParts, bounds: InputBounds) {
  const problems: InputProblem[] = [];
  const fail = (code: string, message: string) => ({
    total: 0,
    problems: [...problems, { code, message, line: null, param: null }],
  });
  const file = batch.inputFileId === null ? undefined : await files.find(batch.owner, batch.inputFileId);
  if (!file) return fail("file_not_found", "The input file is gone.");
  const putter = createLinePutter(lines, batch);
  const seen = new Set<string>();
  let total = 0;
  for await (const line of splitLines(readPieces(files, file.id), bounds.request_bytes_max)) {
    total += 1;
    if (total > bounds.requests_max)
      return fail("too_many_tasks", `The input file has more than ${bounds.requests_max} requests.`);
    const checked = checkLine(line, { endpoint: batch.endpoint, seen });
    if ("problem" in checked) problems.push(checked.problem);
    else if (problems.length === 0) await putter.put({ line: line.line, ...checked });
    if (problems.length >= PROBLEMS_MAX) break;
  }
  if (total === 0) return fail("empty_file", "The input file is empty.");
  await putter.end();
  return { total, problems };
}
