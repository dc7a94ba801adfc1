// What this room keeps, in its own words: files, batches, and the lines that a batch consists of.
import { nameWithin, type Principal } from "../governance/index.ts";
import { type DataOwner, newId } from "../kernel/index.ts";

/** Whose protocol a batch was made in: it decides the words of its results. */
export type BatchKind = "openai" | "anthropic";

export type BatchStatus =
  | "validating"
  | "failed"
  | "in_progress"
  | "finalizing"
  | "completed"
  | "expired"
  | "cancelling"
  | "cancelled";

export type Outcome = "succeeded" | "errored" | "cancelled" | "expired";

export interface Batch {
  id: string;
  kind: BatchKind;
  owner: string;
  /** Whose calls its lines are. */
  keyId: string;
  /** Whose keys its requests and results are sealed with; null where they are not. */
  sealedFor: DataOwner | null;
  /** `/v1/chat/completions` and the like. */
  endpoint: string;
  /** What the vendor should see with each call (`anthropic-beta`). */
  headers: Record<string, string>;
  status: BatchStatus;
  metadata: Record<string, string> | null;
  /** Why the input was not taken; null where it was. */
  problems: InputProblem[] | null;
  inputFileId: string | null;
  /** Of an Anthropic batch, all results. */
  outputFileId: string | null;
  errorFileId: string | null;
  /** How long its results are kept; null for as long as all files. */
  outputLifetimeMs: number | null;
  counts: Record<"total" | Outcome, number>;
  createdAtMs: number;
  expiresAtMs: number;
  inProgressAtMs: number | null;
  cancellingAtMs: number | null;
  finalizingAtMs: number | null;
  endedAtMs: number | null;
}

/** What is wrong with a line of an input file, in OpenAI's words. */
export interface InputProblem {
  code: string;
  /** From 1; null for the file as a whole. */
  line: number | null;
  message: string;
  param: string | null;
}

export interface StoredFile {
  id: string;
  filename: string;
  purpose: string;
  bytes: number;
  createdAtMs: number;
  expiresAtMs: number;
}

/** One request of a batch, before it was carried out. */
export interface NewLine {
  /** From 1. */
  line: number;
  customId: string;
  /** JSON. */
  body: string;
}

/** One request, in the hands of this process until its claim lapses. */
export interface ClaimedLine extends Omit<NewLine, "body"> {
  /** JSON; null where it was erased. */
  body: string | null;
  batch: Pick<Batch, "id" | "kind" | "keyId" | "sealedFor" | "endpoint" | "headers">;
  claim: string;
  /** How often a vendor failed it before. */
  tries: number;
}

/** How a request was answered. */
export interface LineResult {
  outcome: "succeeded" | "errored";
  status: number;
  /** The record of the call; null when it did not come to one. */
  callId: string | null;
  /** JSON: the answer, or the error in the caller's dialect. */
  body: string;
}

export interface FinishedLine extends Omit<NewLine, "body"> {
  outcome: Outcome;
  /** Null for what was not carried out. */
  status: number | null;
  callId: string | null;
  /** Null for what was not carried out, and for what was erased. */
  body: string | null;
}

/** Results of Anthropic batches are read through the batch, not among the files. */
export const HIDDEN_PURPOSE = "message_batch_results";

/** Who sees a thing: all keys of a project, or the one key that has none. */
export function ownerOf({ project, keyId, organisation }: Principal): string {
  return project === null ? `key:${keyId}` : `project:${nameWithin(organisation, project)}`;
}

/** Whose data a principal brings. */
export function dataOwnerOf({ organisation, project, user, keyId }: Principal): DataOwner {
  return { organisation, project, user, keyId };
}

const PREFIXES = { file: "file-", openai: "batch_", anthropic: "msgbatch_" } as const;

/** A new id; later ones sort behind. */
export function newIdOf(what: keyof typeof PREFIXES): string {
  return PREFIXES[what] + newId().replaceAll("-", "");
}

/** Whether such an id could be ours; what could not is not looked for. */
export function isIdOf(what: keyof typeof PREFIXES, id: string): boolean {
  return id.startsWith(PREFIXES[what]) && /^[0-9a-f]{32}$/.test(id.slice(PREFIXES[what].length));
}

/** Nothing more will happen to it. */
export function hasEnded({ status }: Pick<Batch, "status">): boolean {
  return status === "failed" || status === "completed" || status === "expired" || status === "cancelled";
}
