// Files as their owners see them.
import { createGate } from "../kernel/index.ts";
import type { Principal } from "../governance/index.ts";
import type { WithDatabase } from "../storage/index.ts";
import { HIDDEN_PURPOSE, isIdOf, newIdOf, ownerOf, type StoredFile } from "./batch.ts";
import type { BatchesConfig } from "./config.ts";
import { batchesErrors } from "./errors.ts";
import { createPieceWriter, openPieces } from "./pieces.ts";
import type { FileSearch } from "./store/file-store.ts";
import type { BatchesStore } from "./store/store.ts";

export interface Files {
  /**
   * Reads an upload and keeps it; `receive` is only called when there is a place for it. Throws
   * `batches.file_too_large`, `batches.too_many_files`, `batches.too_many_uploads`.
   */
  create(principal: Principal, receive: () => Promise<Upload>): Promise<StoredFile>;
  list(principal: Principal, search: Omit<FileSearch, "owner">): Promise<StoredFile[]>;
  /** Throws `batches.not_found`, as all below. */
  find(principal: Principal, id: string): Promise<StoredFile>;
  /** The bytes, in pieces. Throws `batches.erased`, too. */
  read(principal: Principal, id: string): Promise<{ file: StoredFile; pieces: AsyncIterable<Uint8Array> }>;
  remove(principal: Principal, id: string): Promise<void>;
  /** The longest body of an upload: the file, and the form around it. */
  uploadBytesMax: number;
}

export interface Upload {
  filename: string;
  purpose: string;
  content: Blob;
  /** Never longer than the retention. */
  lifetimeMs: number | undefined;
}

export interface FaceDeps {
  store: BatchesStore;
  /** Runs what needs the database. Throws `batches.unavailable`. */
  withDatabase: WithDatabase;
}

const RETRY_AFTER_MS = 1000;
const FORM_BYTES_MAX = 64 * 1024;

export function createFiles(config: BatchesConfig, { store, withDatabase }: FaceDeps): Files {
  const uploads = createGate(config.uploads_at_once_max);

  async function find(owner: string, id: string): Promise<StoredFile> {
    const file = isIdOf("file", id) ? await withDatabase(() => store.files.find(owner, id)) : undefined;
    if (!file || file.purpose === HIDDEN_PURPOSE) throw batchesErrors.not_found({ what: "file", id });
    return file;
  }

  async function keep(principal: Principal, { filename, purpose, content, lifetimeMs }: Upload): Promise<StoredFile> {
    if (content.size > config.file_bytes_max) throw batchesErrors.file_too_large({ max: config.file_bytes_max });
    if (content.size === 0) throw batchesErrors.bad_request({ param: "file", problem: "is empty" });
    const owner = ownerOf(principal);
    const { files, bytes } = await store.files.countOf(owner);
    if (files >= config.files_per_owner_max || bytes + content.size > config.bytes_per_owner_max)
      throw batchesErrors.too_many_files({ files: config.files_per_owner_max, bytes: config.bytes_per_owner_max });
    const id = newIdOf("file");
    const lifetime = Math.min(config.retention, lifetimeMs ?? config.retention);
    await store.transact(async (parts) => {
      const writer = createPieceWriter(parts.files, {
        id,
        owner,
        filename,
        purpose,
        sealedFor: store.sealedFor(principal),
        lifetimeMs: lifetime,
      });
      for await (const piece of content.stream()) await writer.write(piece);
      await writer.end();
    });
    return find(owner, id);
  }

  return {
    uploadBytesMax: config.file_bytes_max + FORM_BYTES_MAX,
    async create(principal, receive) {
      if (!uploads.tryEnter()) throw batchesErrors.too_many_uploads({ max: uploads.max, retryAfterMs: RETRY_AFTER_MS });
      try {
        const upload = await receive();
        return await withDatabase(() => keep(principal, upload));
      } finally {
        uploads.leave();
      }
    },
    list: (principal, search) => withDatabase(() => store.files.list({ ...search, owner: ownerOf(principal) })),
    find: (principal, id) => find(ownerOf(principal), id),
    async read(principal, id) {
      const file = await find(ownerOf(principal), id);
      return { file, pieces: await withDatabase(() => openPieces(store.files, id)) };
    },
    async remove(principal, id) {
      await find(ownerOf(principal), id);
      await withDatabase(() => store.files.remove(ownerOf(principal), id));
    },
  };
}
