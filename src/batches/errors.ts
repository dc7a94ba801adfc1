// What can be wrong with a request about files or batches. None says whether something of another owner exists.
import { defineErrors } from "../kernel/index.ts";

export const batchesErrors = defineErrors("batches", {
  needs_key: () => ({
    status: 403,
    message: "A batch goes on after its caller has left, and what came with this request ends with it.",
    fix: "Use an API key for files and batches; tokens and client certificates are good for calls.",
  }),
  unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Files and batches are out of reach while PostgreSQL is away.",
    fix: "Try again in a moment; `binnacle status` shows the state of the database.",
  }),
  not_found: (p: { what: string; id: string }) => ({
    status: 404,
    message: `There is no ${p.what} ${JSON.stringify(p.id)} that this key may see.`,
    fix: "Lists show the ids. A key sees what belongs to its project, or to itself where it has none; old files go by retention.",
  }),
  erased: (p: { what: string; id: string }) => ({
    status: 410,
    message: `What the ${p.what} ${JSON.stringify(p.id)} held was erased.`,
    fix: "The key that it was sealed with is destroyed: nobody can read it any more. Delete it.",
  }),
  bad_request: (p: { param: string | null; problem: string }) => ({
    status: 400,
    message: p.param === null ? `The request ${p.problem}.` : `\`${p.param}\` ${p.problem}.`,
    fix: "The guide on batches shows what is expected.",
  }),
  file_too_large: (p: { max: number }) => ({
    status: 413,
    message: `The file is longer than ${p.max} bytes.`,
    fix: "Split it, or raise batches.file_bytes_max.",
  }),
  too_many_files: (p: { files: number; bytes: number }) => ({
    status: 409,
    message: `With this file there would be more than ${p.files} files, or more than ${p.bytes} bytes in them.`,
    fix: "Delete some, or raise batches.files_per_owner_max and batches.bytes_per_owner_max.",
  }),
  too_many_uploads: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `This process already takes in ${p.max} uploads, its bound.`,
    fix: "Try again in a moment, or raise batches.uploads_at_once_max.",
  }),
  too_many_batches: (p: { max: number }) => ({
    status: 429,
    message: `There are already ${p.max} batches that have not ended.`,
    fix: "Wait until one ends, cancel one, or raise batches.open_batches_per_owner_max.",
  }),
  cannot_cancel: (p: { id: string; status: string }) => ({
    status: 409,
    message: `The batch ${p.id} is ${p.status}: there is nothing left to cancel.`,
    fix: "Read its results.",
  }),
  not_ended: (p: { id: string; status: string }) => ({
    status: 400,
    message: `The batch ${p.id} has not ended; it is ${p.status}.`,
    fix: "Wait for its end, or cancel it first.",
  }),
  stream_in_batch: () => ({
    status: 400,
    message: "`stream` cannot be true in a batch.",
    fix: "Leave it out: the answer of a batch comes whole.",
  }),
  unknown_endpoint: (p: { endpoint: string; known: string }) => ({
    status: 400,
    message: `Batches cannot be carried out at ${JSON.stringify(p.endpoint)}.`,
    fix: `Choose one of ${p.known}.`,
  }),
});
