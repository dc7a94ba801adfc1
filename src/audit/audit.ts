// The audit trail: entries in the transaction of what they tell of, made into a tree that an outsider can check.
import { readFileSync } from "node:fs";
import type { Transaction } from "kysely";
import type { World } from "../kernel/index.ts";
import type { Home, Storage } from "../storage/index.ts";
import { type Acting, type CompleteEntry, createActing } from "./acting/acting.ts";
import { createMemory } from "./checkpoints/remembered.ts";
import { createSigningKeys } from "./checkpoints/signing-keys.ts";
import type { AuditConfig } from "./config.ts";
import { type Compose, createCompose, peopleIn } from "./entries/compose.ts";
import { createNotes } from "./entries/notes.ts";
import type { AuditWriter } from "./entries/writer.ts";
import type { AuditState } from "./contract.ts";
import { createExportTrail, type ExportTrail } from "./exporting/export-trail.ts";
import { type AuditManager, createManager } from "./managing/manage-audit.ts";
import { type AuditReader, createReader } from "./reading/read-audit.ts";
import { createReadState } from "./reading/read-state.ts";
import { createTiles, type Tiles } from "./reading/tiles.ts";
import { createSending } from "./sending/sending.ts";
import { createStoredKeys, type KeyWrapper } from "./sealing/key-wrapper.ts";
import { createSealer } from "./sealing/sealer.ts";
import { createSequencer, type Sequencer } from "./sequencing/sequencer.ts";
import { createCursorStore } from "./store/cursor-store.ts";
import { createEntryStore } from "./store/entry-store.ts";
import { createKeyStore } from "./store/key-store.ts";
import { createTreeStore } from "./store/tree-store.ts";
import type { Verified } from "./verifying/findings.ts";
import { createWitnessing } from "./witnessing/witnessing.ts";
import { createVerifyStore } from "./verifying/verify-store.ts";

export interface Audit extends AuditWriter, AuditReader, Tiles, AuditManager {
  /** Begins to give entries their places in the tree. Throws when the database is away. */
  start(): Promise<void>;
  /** Writes what waits, and stops. */
  close(): Promise<void>;
  /** What is said in this work without an actor is said of this one. */
  during<Result>(acting: Acting, work: () => Result): Result;
  acting(): Acting | undefined;
  /** Has what keys of personal parts are wrapped with be the vault's present wrapping key. */
  wrapKeys(): Promise<void>;
  /** All that waits, now. */
  sequence: Sequencer["sequence"];
  state(): Promise<AuditState>;
  verify(): Promise<Verified>;
  export: ExportTrail;
}

export interface AuditDeps {
  storage: Storage;
  world: Pick<World, "nowMs" | "log" | "fetch">;
  /** Of the installation: with its keys, and what was signed last. */
  home: Pick<Home, "path">;
  /** Of the installation, where that is not this process's own. */
  keysFolder?: string;
  env: Record<string, string | undefined>;
  version: string;
  /** Of keys of personal parts; left out where they lie as they are. */
  wrapper?: KeyWrapper;
}

export function createAudit(config: AuditConfig, deps: AuditDeps): Audit {
  const parts = createParts(config, deps);
  const { entries, trees, sealer, acting, composing, sequencer, keys, memory, ownLog, sending, witnessing } = parts;
  const { storage, world, version } = deps;
  const { nowMs, log } = world;

  async function write(
    transaction: Transaction<unknown>,
    some: readonly (CompleteEntry & { id?: string })[],
  ): Promise<void> {
    const compose = await composing();
    await sealer.prepare(transaction, some.flatMap(peopleIn));
    const rows = [];
    for (const { id, ...entry } of some) rows.push(await compose(transaction, entry, id));
    await entries.add(transaction, rows);
  }

  const notes = createNotes(config.notes, {
    isAvailable: storage.isAvailable,
    nowMs,
    log,
    write: (some) => entries.inTransaction((transaction) => write(transaction, some)),
  });
  const note: AuditWriter["note"] = (entry) => notes.note(acting.complete(entry));
  const reader = createReader({ entries, trees, sealer, note, intervalMs: config.sequencer.interval });
  return {
    async start() {
      await composing();
      await parts.subjectKeys.wrapAll();
      sequencer.start();
      sending.start();
    },
    async close() {
      await notes.close();
      await Promise.all([sequencer.close(), sending.close()]);
      await witnessing.close();
    },
    record: (transaction, entry) => write(transaction, [acting.complete(entry)]),
    recordAll: (transaction, some) =>
      write(
        transaction,
        some.map(({ id, ...entry }) => ({ ...acting.complete(entry), ...(id !== undefined && { id }) })),
      ),
    note,
    tell: (entry) => notes.tell(acting.complete(entry)),
    wrapKeys: parts.subjectKeys.wrapAll,
    during: acting.during,
    acting: acting.current,
    sequence: sequencer.sequence,
    ...reader,
    ...createTiles({ entries, trees, latest: reader.latest }),
    ...createManager({ ...parts, world }),
    state: createReadState({
      ...parts,
      untold: notes.untold,
      receivers: sending.state,
      witnesses: witnessing.state,
    }),
    verify: createVerifyStore({ entries, trees, keys, memory, ownLog, lateMs: config.sequencer.late }),
    export: createExportTrail({ entries, trees, sealer, latest: reader.latest, nowMs, version }),
  };
}

function createParts(config: AuditConfig, deps: AuditDeps) {
  const { storage, world, env, version, wrapper, keysFolder = deps.home.path } = deps;
  const secrets = { env, readFile: (path: string) => readFileSync(path, "utf8") };
  const entries = createEntryStore(storage);
  const trees = createTreeStore(storage);
  const subjectKeys = createKeyStore(storage, createStoredKeys(wrapper));
  const sealer = createSealer(subjectKeys);
  const keys = createSigningKeys(config.signing, { folder: keysFolder, secrets });
  const memory = createMemory(keysFolder);
  const ownLog = once(() => entries.log());
  const composing = once(async (): Promise<Compose> => {
    const log = await ownLog();
    return createCompose({ sealer, nowMs: world.nowMs, log, detailsBytesMax: config.details_bytes_max });
  });
  const witnessing = createWitnessing(config, { trees, world });
  const sequencer = createSequencer(config, {
    storage,
    entries,
    trees,
    keys,
    memory,
    world,
    composing,
    ownLog,
    signed: witnessing.wake,
  });
  const cursors = createCursorStore(storage);
  const sending = createSending(config, { storage, entries, trees, sealer, cursors, secrets, world, version });
  return {
    entries,
    trees,
    subjectKeys,
    sealer,
    keys,
    memory,
    acting: createActing(),
    composing,
    ownLog,
    sequencer,
    sending,
    witnessing,
  };
}

/** Asked again where it failed. */
function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
