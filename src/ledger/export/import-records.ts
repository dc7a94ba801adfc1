// Records in, from a file that was exported: here, or from another installation. The same record again changes nothing, so an import
// that broke off is simply begun anew. What is no record is told with its place, and the rest comes in.
import { ZodError } from "zod";
import { ledgerErrors } from "../errors.ts";
import { type ExportFormatName, exportFormats } from "./formats.ts";
import { type FoundRecord, type ImportSource, type PortableRecord, readPortable } from "./portable.ts";

export interface Imported {
  /** Taken in, those that were there already included. */
  records: number;
  refused: number;
  /** The first of them. */
  problems: { at: number; why: string }[];
}

const BATCH_RECORDS = 200;
const PROBLEMS_SHOWN = 20;

/** Throws `ledger.bad_import` where the file cannot be read on, and what `take` throws; what came before stays. */
export async function importRecords(
  format: ExportFormatName,
  source: ImportSource,
  take: (batch: readonly PortableRecord[]) => Promise<void>,
): Promise<Imported> {
  const done: Imported = { records: 0, refused: 0, problems: [] };
  let batch: PortableRecord[] = [];

  async function flush(): Promise<void> {
    await take(batch);
    done.records += batch.length;
    batch = [];
  }

  for await (const found of readable(format, source)) {
    const read = readFound(found);
    if ("record" in read) batch.push(read);
    else refuse(done, read);
    if (batch.length === BATCH_RECORDS) await flush();
  }
  if (batch.length > 0) await flush();
  return done;
}

async function* readable(format: ExportFormatName, source: ImportSource): AsyncIterable<FoundRecord> {
  try {
    yield* exportFormats[format].read(source);
  } catch (cause) {
    throw ledgerErrors.bad_import({ format, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}

function readFound({ at, value }: FoundRecord): PortableRecord | { at: number; why: string } {
  if (value === undefined) return { at, why: "it is no JSON" };
  try {
    return readPortable(value);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    return { at, why: sayProblem(error) };
  }
}

function sayProblem({ issues: [issue] }: ZodError): string {
  return `${issue?.path.join(".") || "record"}: ${issue?.message ?? "is wrong"}`;
}

function refuse(done: Imported, problem: { at: number; why: string }): void {
  done.refused += 1;
  if (done.problems.length < PROBLEMS_SHOWN) done.problems.push(problem);
}
