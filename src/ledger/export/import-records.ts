// Records in, from a file that was exported: here, or from another installation. The same record again changes nothing, so an import
// that broke off is simply begun anew. What is no record is told with its place, and the rest comes in.
import { ZodError } from "zod";
import { isAppError, sleep } from "../../kernel/index.ts";
import type { BodyInput } from "../open-call.ts";
import type { NewRecord } from "../spans/append-spans.ts";
import { ledgerErrors } from "../errors.ts";
import { type ExportFormatName, exportFormats } from "./formats.ts";
import {
  type AnyRecord,
  bytesOf,
  type FoundRecord,
  type ImportSource,
  type PortableBody,
  type PortableRecord,
  readPortable,
} from "./portable.ts";

export interface Imported {
  /** Taken in, those that were there already included. */
  records: number;
  refused: number;
  /** The first of them. */
  problems: { at: number; why: string }[];
}

const BATCH_RECORDS = 200;
const PROBLEMS_SHOWN = 20;
const JOURNAL_PAUSE_MS = 200;
/** Ten minutes: PostgreSQL has been away for longer than an import is worth waiting for. */
const JOURNAL_TRIES_MAX = 3000;

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

/** Waits while the journal is full: an import has time, and what else comes goes before it. */
export function patiently(append: (records: NewRecord<AnyRecord>[]) => void) {
  return async (batch: readonly PortableRecord[]): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return append(batch.map(newRecordOf));
      } catch (error) {
        const isFull = isAppError(error) && error.code === "ledger.journal_full";
        if (!isFull || tries === JOURNAL_TRIES_MAX) throw error;
        await sleep(JOURNAL_PAUSE_MS);
      }
    }
  };
}

function newRecordOf({ record, request, response }: PortableRecord): NewRecord<AnyRecord> {
  const { bodies } = record;
  return {
    record,
    ...(request && { request: inputOf(request, bodies.request) }),
    ...(response && { response: inputOf(response, bodies.response) }),
  };
}

function inputOf(body: PortableBody, ref: AnyRecord["bodies"]["request"]): BodyInput {
  const content = bytesOf(body);
  const size = ref?.size_bytes ?? content.length;
  return {
    media_type: ref?.media_type ?? "application/octet-stream",
    content,
    ...(size > content.length && { cut_from_bytes: size }),
  };
}
