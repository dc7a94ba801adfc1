// The audit trail: entries in the transaction of what they tell of, made into a tree that an outsider can check.
import { readFileSync } from "node:fs";
import type { Transaction } from "kysely";
import type { World } from "../kernel/index.ts";
import type { Home, Storage } from "../storage/index.ts";
import { type Acting, type CompleteEntry, createActing } from "./acting/acting.ts";
import { createMemory } from "./checkpoints/remembered.ts";
import { createSigningKeys } from "./checkpoints/signing-keys.ts";
import { type AddCalls, createAddCalls } from "./calls/add-calls.ts";
import { type ExecutedCall, writeCallNote } from "./calls/call-note.ts";
import type { CompareRecords } from "./calls/judge-calls.ts";
import { createLetGo, type LetGo } from "./calls/let-go.ts";
import { createCallReader } from "./calls/read-calls.ts";
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
import { createCallStore } from "./store/call-store.ts";
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
  /** Calls of batches whose time is over, now; false where another process is at it, or the database is away. */
  letCallsGo: LetGo["letGo"];
  /** What the trail will say of a call, as one line: made while the call is in memory, and added by `addCalls`. */
  noteOfCall(call: ExecutedCall): string;
  addCalls: AddCalls;
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
  /** Of whoever keeps the records of calls; left out where nobody does. */
  compareRecords?: CompareRecords;
  /** Of keys of personal parts; left out where they lie as they are. */
  wrapper?: KeyWrapper;
  /** Whether data is held that must not go; left out where nobody holds any. */
  isHeld?: () => Promise<boolean>;
}

export function createAudit(config: AuditConfig, deps: AuditDeps): Audit {
  const parts = createParts(config, deps);
  const { entries, trees, calls, sealer, acting, composing, sequencer, sending } = parts;
  const { storage, world, version } = deps;
  const { nowMs, log } = world;

  const write = createWrite(parts);
  const notes = createNotes(config.notes, {
    isAvailable: storage.isAvailable,
    nowMs,
    log,
    write: (some) => entries.inTransaction((transaction) => write(transaction, some)),
  });
  const letGo = createLetGo(config.executions, {
    ...parts,
    storage,
    world,
    write,
    sequence: sequencer.sequence,
    isHeld: deps.isHeld ?? (() => Promise.resolve(false)),
  });
  const note: AuditWriter["note"] = (entry) => notes.note(acting.complete(entry));
  const reader = createReader({ ...parts, counting: parts.callStore, note, intervalMs: config.sequencer.interval });
  return {
    async start() {
      await composing();
      await parts.subjectKeys.wrapAll();
      sequencer.start();
      sending.start();
      letGo.start();
    },
    async close() {
      await notes.close();
      await Promise.all([sequencer.close(), sending.close(), letGo.close()]);
      await parts.witnessing.close();
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
    letCallsGo: letGo.letGo,
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
      witnesses: parts.witnessing.state,
    }),
    verify: createVerifyStore({ ...parts, compareRecords: deps.compareRecords, lateMs: config.sequencer.late }),
    export: createExportTrail({ entries, trees, calls, sealer, latest: reader.latest, nowMs, version }),
    ...parts.callFace,
  };
}

type Write = (
  transaction: Transaction<unknown>,
  entries: readonly (CompleteEntry & { id?: string })[],
) => Promise<void>;

function createWrite({
  composing,
  sealer,
  entries,
}: Pick<ReturnType<typeof createParts>, "composing" | "sealer" | "entries">): Write {
  return async (transaction, some) => {
    const compose = await composing();
    await sealer.prepare(transaction, some.flatMap(peopleIn));
    const rows = [];
    for (const { id, ...entry } of some) rows.push(await compose(transaction, entry, id));
    await entries.add(transaction, rows);
  };
}

function createParts(config: AuditConfig, deps: AuditDeps) {
  const { storage, world, env, version, wrapper, keysFolder = deps.home.path } = deps;
  const secrets = { env, readFile: (path: string) => readFileSync(path, "utf8") };
  const entries = createEntryStore(storage);
  const callStore = createCallStore(storage);
  const calls = createCallReader(callStore, entries);
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
  const callFace = {
    noteOfCall: (call: ExecutedCall) => writeCallNote(call, config.details_bytes_max),
    addCalls: createAddCalls({ entries, calls: callStore, sealer, composing, ownLog, nowMs: world.nowMs }),
  };
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
  const sending = createSending(config, { storage, entries, trees, calls, sealer, cursors, secrets, world, version });
  return {
    entries,
    trees,
    callStore,
    calls,
    callFace,
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
