// Batches as their owners see them: made from a file or from requests, listed, cancelled, read and removed.
import type { Principal } from "../governance/index.ts";
import { type Batch, type BatchKind, hasEnded, isIdOf, newIdOf, ownerOf } from "./batch.ts";
import type { BatchesConfig } from "./config.ts";
import { batchesErrors } from "./errors.ts";
import type { FaceDeps } from "./files.ts";
import { openPieces } from "./pieces.ts";
import { endpointsOf } from "./run/endpoints.ts";
import { createLinePutter } from "./stages/put-lines.ts";
import type { BatchSearch, NewBatch } from "./store/batch-store.ts";
import type { StoreParts } from "./store/store.ts";

export interface Jobs {
  /** Throws `batches.unknown_endpoint`, `batches.not_found` for the file, `batches.too_many_batches`. */
  createFromFile(
    principal: Principal,
    job: { inputFileId: string } & Pick<Batch, "endpoint" | "metadata" | "outputLifetimeMs">,
  ): Promise<Batch>;
  /** Messages in Anthropic's protocol. Throws `batches.bad_request`, `batches.too_many_batches`. */
  createFromRequests(
    principal: Principal,
    job: { requests: readonly { customId: string; body: string }[]; headers: Batch["headers"] },
  ): Promise<Batch>;
  list(principal: Principal, search: Omit<BatchSearch, "owner">): Promise<Batch[]>;
  /** Throws `batches.not_found`, as all below. */
  find(principal: Principal, kind: BatchKind, id: string): Promise<Batch>;
  /** Throws `batches.cannot_cancel` for one that is at its end. */
  cancel(principal: Principal, kind: BatchKind, id: string): Promise<Batch>;
  /** Throws `batches.not_ended`. */
  remove(principal: Principal, kind: BatchKind, id: string): Promise<void>;
  /** JSON lines, in pieces. Throws `batches.not_ended`, `batches.erased`. */
  readResults(principal: Principal, kind: BatchKind, id: string): Promise<AsyncIterable<Uint8Array>>;
}

export interface JobsDeps extends FaceDeps {
  /** A batch is there to be tended. */
  onChange(): void;
}

export function createJobs(config: BatchesConfig, { store, withDatabase, onChange }: JobsDeps): Jobs {
  async function find(principal: Principal, kind: BatchKind, id: string): Promise<Batch> {
    const owner = ownerOf(principal);
    const batch = isIdOf(kind, id) ? await withDatabase(() => store.batches.find(owner, id)) : undefined;
    if (!batch) throw batchesErrors.not_found({ what: "batch", id });
    return batch;
  }

  async function findEnded(principal: Principal, kind: BatchKind, id: string): Promise<Batch> {
    const batch = await find(principal, kind, id);
    if (!hasEnded(batch)) throw batchesErrors.not_ended({ id, status: batch.status });
    return batch;
  }

  return {
    ...createMaking(config, { store, withDatabase, onChange }),
    list: (principal, search) => withDatabase(() => store.batches.list({ ...search, owner: ownerOf(principal) })),
    find,
    async cancel(principal, kind, id) {
      await find(principal, kind, id);
      await withDatabase(() => store.batches.cancel(ownerOf(principal), id));
      const batch = await find(principal, kind, id);
      if (batch.cancellingAtMs === null) throw batchesErrors.cannot_cancel({ id, status: batch.status });
      onChange();
      return batch;
    },
    async remove(principal, kind, id) {
      const { outputFileId } = await findEnded(principal, kind, id);
      await withDatabase(() =>
        store.transact(async (parts) => {
          await parts.batches.remove(id);
          if (outputFileId !== null) await parts.files.remove(ownerOf(principal), outputFileId);
        }),
      );
    },
    async readResults(principal, kind, id) {
      const { outputFileId } = await findEnded(principal, kind, id);
      if (outputFileId === null) return readNothing();
      return withDatabase(() => openPieces(store.files, outputFileId));
    },
  };
}

type NewJob = Omit<NewBatch, "id" | "owner" | "keyId" | "sealedFor" | "windowMs">;

function createMaking(
  config: BatchesConfig,
  { store, withDatabase, onChange }: JobsDeps,
): Pick<Jobs, "createFromFile" | "createFromRequests"> {
  async function insert(principal: Principal, job: NewJob, parts: StoreParts): Promise<Batch> {
    const owner = ownerOf(principal);
    const max = config.open_batches_per_owner_max;
    if ((await parts.batches.countOpen(owner)) >= max) throw batchesErrors.too_many_batches({ max });
    const whose = { owner, keyId: principal.keyId, sealedFor: store.sealedFor(principal) };
    return parts.batches.insert({ ...job, ...whose, id: newIdOf(job.kind), windowMs: config.window });
  }

  return {
    async createFromFile(principal, { inputFileId, endpoint, metadata, outputLifetimeMs }) {
      const known = endpointsOf("openai");
      if (!known.includes(endpoint)) throw batchesErrors.unknown_endpoint({ endpoint, known: known.join(", ") });
      await requireInputFile(inputFileId, (id) => withDatabase(() => store.files.find(ownerOf(principal), id)));
      const job: NewJob = { kind: "openai", endpoint, headers: {}, metadata, inputFileId, outputLifetimeMs };
      const batch = await withDatabase(() => insert(principal, job, store));
      onChange();
      return batch;
    },
    async createFromRequests(principal, { requests, headers }) {
      checkRequests(requests, config.requests_max);
      const unsaid = { metadata: null, inputFileId: null, outputLifetimeMs: null };
      const job: NewJob = { kind: "anthropic", endpoint: "/v1/messages", headers, ...unsaid };
      const batch = await withDatabase(() =>
        store.transact(async (parts) => {
          const made = await insert(principal, job, parts);
          const putter = createLinePutter(parts.lines, made);
          for (const [place, request] of requests.entries()) await putter.put({ line: place + 1, ...request });
          await putter.end();
          await parts.batches.begin(made.id, requests.length);
          return parts.batches.find(made.owner, made.id);
        }),
      );
      onChange();
      if (!batch) throw new Error("a batch that was just made is not there");
      return batch;
    },
  };
}

// oxlint-disable-next-line require-yield -- a batch without results has no pieces
async function* readNothing(): AsyncGenerator<Uint8Array> {}

async function requireInputFile(id: string, find: (id: string) => Promise<{ purpose: string } | undefined>) {
  const file = isIdOf("file", id) ? await find(id) : undefined;
  if (!file) throw batchesErrors.not_found({ what: "file", id });
  if (file.purpose !== "batch")
    throw batchesErrors.bad_request({ param: "input_file_id", problem: 'must be a file with the purpose "batch"' });
}

function checkRequests(requests: readonly { customId: string }[], max: number): void {
  if (requests.length > max)
    throw batchesErrors.bad_request({ param: "requests", problem: `has more than ${max} entries` });
  const seen = new Set<string>();
  for (const [place, { customId }] of requests.entries()) {
    if (seen.has(customId))
      throw batchesErrors.bad_request({
        param: `requests.${place}.custom_id`,
        problem: `says ${JSON.stringify(customId)} again`,
      });
    seen.add(customId);
  }
}
