// The ledger: opens a record for each call, makes it durable when the call ends, carries it to PostgreSQL, and reads it back.
// The journal is the truth until PostgreSQL has a record; the latest are in memory too, so that a call can be shown at once.
import { join } from "node:path";
import type { World } from "../kernel/index.ts";
import type { Storage } from "../storage/index.ts";
import { alone, type Peers } from "../workers/index.ts";
import type { LedgerConfig } from "./config.ts";
import type { CallPage, CallQuery, CallRecord, LedgerState, SpanRecord, StorageView } from "./contract.ts";
import { createJournal, type Journal } from "./journal/journal.ts";
import type { WriteBytes } from "./journal/segment-writer.ts";
import {
  createListeners,
  createStoredListeners,
  type CallListener,
  type SpanListener,
  type StoredListener,
} from "./listeners.ts";
import { createCallOpener, type CallStart, type OpenCall } from "./open-call.ts";
import { type ExportFile, exportRecords, type ExportWish } from "./export/export-records.ts";
import type { ExportFormatName } from "./export/formats.ts";
import { type Imported, importRecords, patiently } from "./export/import-records.ts";
import type { AnyRecord, ImportSource } from "./export/portable.ts";
import { createProjector, type ProjectorState } from "./projector/projector.ts";
import { createCallReader } from "./reading/read-calls.ts";
import { createFinding } from "./records/finding.ts";
import { looksAtTexts } from "./filter/filter.ts";
import { readFilter } from "./filter/read-filter.ts";
import type { RecordScope } from "./filter/scope.ts";
import type { RecordReader } from "./records/read-records.ts";
import { createRecentRecords, type RecentRecords } from "./reading/recent-records.ts";
import { createSampleRecords } from "./reading/sample-records.ts";
import type { Sums, SumsState } from "./sums/contract.ts";
import { createRoller } from "./sums/roller.ts";
import { createSums } from "./sums/sums.ts";
import { type CompareRecords, createCompareRecords } from "./store/records/comparing.ts";
import { createFollowingStore, type FollowingStore } from "./store/records/following.ts";
import { sumsWithin } from "./sums/within-scope.ts";
import type { CallBodies } from "./store/reading.ts";
import type { BodySealer } from "./sealing.ts";
import { createRecordScores, type RecordScores } from "./scores/scores.ts";
import { createAppender, type NewSpan } from "./spans/append-spans.ts";
import { createRetention } from "./retention/retention.ts";
import type { Sampling } from "./store/sampling.ts";
import { type CountGuardrailFindings, createGuardrailFindings } from "./store/records/guardrail-findings.ts";
import { clearText, type Cleared, type RecordsOf } from "./store/clear-text.ts";
import { createLedgerStore, type LedgerStore } from "./store/store.ts";

export interface Ledger extends Sums {
  /** Opens the journal, cuts a torn end off, begins to project. Does not wait for the database. Throws `ledger.journal_unusable`. */
  start(): Promise<void>;
  /** Projects what it can within `close_timeout`; the rest waits in the journal for the next start. */
  close(): Promise<void>;
  /**
   * Begins a call's record. Throws `ledger.journal_full` (503, retry later) while the journal has no room for it, and
   * `ledger.journal_failed` while the disk takes nothing: a call that could not be recorded must not be served.
   */
  open(start: CallStart): OpenCall;
  /**
   * Tells of each closed call, shortly after it is in the journal; returns the way to stop. Listeners share the record:
   * they change nothing in it. What they throw is logged. The hashes of bodies are not known yet.
   */
  subscribe(listener: CallListener): () => void;
  /**
   * Puts other programs' spans on record, and sets `record.bodies`: all of them are in the journal when it returns. The same
   * span again changes nothing, or says more. Throws `ledger.journal_full` (503, retry later) when there is no room for all of
   * them, and `ledger.journal_failed`; should the disk fail half-way, some of them are on record all the same.
   */
  append(spans: readonly NewSpan[]): void;
  /** As `subscribe`, of spans that were appended. */
  subscribeSpans(listener: SpanListener): () => void;
  /** Tells of each record that has reached PostgreSQL, by the time at which it was closed. Listeners are quick and do not throw. */
  subscribeStored(listener: StoredListener): () => void;
  /**
   * Newest first. While PostgreSQL is away it lists the latest records that are in memory, and nothing older.
   * Throws `ledger.bad_cursor`.
   */
  listCalls(query: CallQuery, within?: RecordScope): Promise<CallPage>;
  /** Undefined when there is no such call. Throws `ledger.unavailable` when only PostgreSQL could know, and is away. */
  findCall(id: string, within?: RecordScope): Promise<CallRecord | undefined>;
  /** The stored bodies of a call; what they are, say the references in `record.bodies`. Throws `ledger.unavailable` as above. */
  readBodies(id: string): Promise<CallBodies | undefined>;
  /** Records in a time, oldest first, as a file. The chunks throw when PostgreSQL goes away in the middle. */
  export(wish: ExportWish): ExportFile;
  /**
   * Takes in a file that `export` made. Listeners do not hear of it: it happened elsewhere, or long ago. Throws
   * `ledger.bad_import`; what came before stays.
   */
  import(format: ExportFormatName, source: ImportSource): Promise<Imported>;
  /** What lies on disk, and what went lately. */
  stored(): Promise<StorageView>;
  /** A few of each model, route and prompt, drawn by lot. Throws `ledger.unavailable`. */
  sampleRecords: Sampling["sampleRecords"];
  /** Records of all kinds, traces, sessions and users, as they are read. */
  records: RecordReader;
  /** Judgements of records, given here and elsewhere. */
  scores: RecordScores;
  /** Own calls as they reach PostgreSQL, handed on once to each who follows. */
  following: FollowingStore;
  /** Whether records are still what somebody has the hash of. */
  compareRecords: CompareRecords;
  /** Whether a filter looks at what was said. Throws `ledger.bad_filter` and its like. */
  readsTexts(filter: string): boolean;
  /** The sums of what is within a scope. */
  sumsWithin(within: RecordScope | undefined): Sums;
  state(): LedgerState;
  /** The bodies of all records so far are PostgreSQL's to give, not the journal's: some were erased there. */
  forgetBodies(): void;
  /** Takes away what of such records lies in clear, and comments on them and by them. `onStep` is waited for now and then. */
  clearText(of: RecordsOf, onStep?: () => Promise<unknown>): Promise<Cleared>;
  /** What guardrails found in the calls of a time, counted; the most frequent first. */
  guardrailFindings: CountGuardrailFindings;
  /** How far the sums that are kept are behind; what is asked of sums is exact all the same. */
  sumsState(): SumsState;
}

export interface LedgerDeps {
  storage: Storage;
  world: World;
  /** The data folder; the journal lies in it. */
  folder: string;
  /** Other processes of this installation, which may have what this one is asked for. */
  peers?: Peers;
  /** Seals bodies before they are written. */
  sealer?: BodySealer | undefined;
  /** Whose records retention must leave alone now. */
  held?: (() => Promise<readonly RecordsOf[]>) | undefined;
  /** How the journal writes to its file, unless as usual: for tests of a disk that fails. */
  write?: WriteBytes;
}

export function createLedger(
  config: LedgerConfig,
  { storage, world, folder, peers = alone, sealer, held, write }: LedgerDeps,
): Ledger {
  const journal = createJournal(config.journal, { folder: join(folder, "journal"), world, write });
  const recent = createRecentRecords(config.recent_records_max);
  const store = createLedgerStore(storage, config.reading.timeout);
  const { isAvailable } = storage;
  const storedListeners = createStoredListeners();
  const stored = createStored(config, { storage, world, store, sealer, held });
  const projector = createProjector(config.projector, {
    journal,
    store,
    world,
    isAvailable,
    sealer,
    noting: stored.face.following.noting,
    wordsBytesMax: config.search.enabled ? config.search.text_bytes_max : undefined,
    onStored: storedListeners.tell,
  });
  const reader = createCallReader(config, { journal, recent, store, world, isAvailable, peers, sealer });
  const writing = createWriting(config, { journal, world, sealer, recent, onWritten: projector.wake });

  return {
    start() {
      journal.start();
      projector.start();
      stored.start();
      return Promise.resolve();
    },
    async close() {
      await stored.close();
      await projector.close(config.close_timeout);
      journal.close();
    },
    ...writing.face,
    subscribeStored: storedListeners.add,
    ...reader,
    import: (format, source) => importRecords(format, source, patiently(writing.takeImported)),
    ...stored.face,
    forgetBodies: recent.forgetBodies,
    scores: createRecordScores(config.reading, {
      calls: reader,
      ...stored.face,
      storage,
      append: writing.face.append,
      world,
    }),
    state: () => stateOf(projector.state(), config),
  };
}

type WritingDeps = Pick<LedgerDeps, "world" | "sealer"> & {
  journal: Journal;
  recent: RecentRecords;
  onWritten(): void;
};

/** The ways into the journal, and who hears of what comes in by them. */
function createWriting(config: LedgerConfig, { journal, world, sealer, recent, onWritten }: WritingDeps) {
  const listeners = createListeners<CallRecord>(world.log, "calls");
  const spanListeners = createListeners<SpanRecord>(world.log, "spans");
  const open = createCallOpener({
    bodies: config.bodies,
    journal,
    world,
    sealer,
    onClosed(record, written) {
      recent.add({ id: record.id, ...written });
      listeners.tell(record);
      onWritten();
    },
  });
  const append = createAppender<SpanRecord>(config, {
    journal,
    world,
    sealer,
    onAppended(records) {
      records.forEach(spanListeners.tell);
      onWritten();
    },
  });
  const face = { open, subscribe: listeners.add, append, subscribeSpans: spanListeners.add };
  return { face, takeImported: createAppender<AnyRecord>(config, { journal, world, sealer, onAppended: onWritten }) };
}

/** What is made of the records that are in PostgreSQL: lists and searches, sums, files; and what goes in the end. */
function createStored(
  config: LedgerConfig,
  {
    storage,
    world,
    store,
    sealer,
    held,
  }: Pick<LedgerDeps, "storage" | "world" | "sealer" | "held"> & { store: LedgerStore },
) {
  const roller = createRoller(config.sums, { storage, world });
  const sums = createSums(config.sums, { storage, world });
  const retention = createRetention(config.retention, { storage, world, freezeSums: roller.freeze, held });
  const finding = createFinding(config, { storage, world, sealer });
  return {
    start(): void {
      retention.start();
      roller.start();
      finding.start();
    },
    async close(): Promise<void> {
      await Promise.all([retention.close(), finding.close(), roller.close(config.close_timeout)]);
    },
    face: {
      records: finding.records,
      following: createFollowingStore(storage, sealer),
      compareRecords: createCompareRecords(config.retention, storage, world.nowMs),
      sampleRecords: createSampleRecords(store, storage.isAvailable),
      ...sums,
      sumsWithin: (within: RecordScope | undefined) => sumsWithin(sums, within),
      readsTexts: (filter: string) => looksAtTexts(readFilter(filter, config.reading.filter)),
      sumsState: roller.state,
      export: (wish: ExportWish) => exportRecords(storage, wish, { bounds: config.reading.filter, sealer }),
      stored: retention.view,
      clearText: (of: RecordsOf, onStep?: () => Promise<unknown>) => clearText(storage, of, onStep),
      guardrailFindings: createGuardrailFindings(config.reading, { storage, world }),
    },
  };
}

function stateOf(
  { backlog, lagMs, projectedRecords, lastError }: ProjectorState,
  { journal }: LedgerConfig,
): LedgerState {
  return {
    journal_bytes: backlog.bytes,
    journal_max_bytes: journal.max_bytes,
    pending_records: backlog.records,
    lag_ms: lagMs,
    projected_records: projectedRecords,
    last_error: lastError,
  };
}
