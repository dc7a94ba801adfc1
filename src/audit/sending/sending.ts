// Tells receivers of each entry that has its place in the tree, in that order: at least once, by a cursor that moves when a batch
// was taken. One process at a time for each.
import { resolveSecret, type SecretSources, sleep, type World } from "../../kernel/index.ts";
import { inTurn, type Storage } from "../../storage/index.ts";
import { type CallReader, entryOfCall } from "../calls/read-calls.ts";
import type { AuditConfig, ReceiverConfig } from "../config.ts";
import type { AuditEntryView, AuditState } from "../contract.ts";
import { cefLine, ocsfEvent } from "../exporting/formats.ts";
import { showEntries } from "../reading/views.ts";
import type { Sealer } from "../sealing/sealer.ts";
import type { CursorStore, SendCursor } from "../store/cursor-store.ts";
import type { EntryStore, StoredEntry } from "../store/entry-store.ts";
import type { TreeStore } from "../store/tree-store.ts";
import { postEntries } from "./post-entries.ts";
import { sendSyslog, syslogMessage } from "./syslog.ts";

export interface Sending {
  start(): void;
  close(): Promise<void>;
  state(): Promise<AuditState["receivers"]>;
}

export interface SendingDeps {
  storage: Storage;
  entries: EntryStore;
  trees: TreeStore;
  calls: CallReader;
  sealer: Sealer;
  cursors: CursorStore;
  secrets: SecretSources;
  world: Pick<World, "fetch" | "log">;
  version: string;
}

type SendingConfig = Pick<AuditConfig, "receivers" | "sending">;

export function createSending(config: SendingConfig, deps: SendingDeps): Sending {
  const { receivers, sending } = config;
  const { storage, cursors, world } = deps;
  const closing = new AbortController();
  const errors = new Map<string, string>();
  let running: Promise<unknown> = Promise.resolve();

  async function run(receiver: ReceiverConfig): Promise<void> {
    let failures = 0;
    while (!closing.signal.aborted) {
      const waitMs = failures === 0 ? sending.interval : Math.min(sending.retry_max, sending.interval * 2 ** failures);
      await sleep(waitMs, closing.signal);
      if (closing.signal.aborted || !storage.isAvailable()) continue;
      try {
        await inTurn(storage, `audit-send-${receiver.name}`, () => sendAll(receiver));
        failures = 0;
        errors.delete(receiver.name);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (failures === 0) world.log.warn({ receiver: receiver.name, why }, "audit entries wait for their receiver");
        failures = Math.min(failures + 1, 16);
        errors.set(receiver.name, why);
      }
    }
  }

  async function sendAll(receiver: ReceiverConfig): Promise<void> {
    for (let isMore = true; isMore && !closing.signal.aborted;) isMore = await sendNext(config, deps, receiver);
  }

  return {
    start: () => void (running = Promise.all(receivers.map(run))),
    async close() {
      closing.abort();
      await running;
    },
    state: () =>
      Promise.all(
        receivers.map(async ({ name }) => ({
          name,
          sent: (await cursors.read(name))?.seq ?? 0,
          last_error: errors.get(name) ?? null,
        })),
      ),
  };
}

async function sendNext({ sending }: SendingConfig, deps: SendingDeps, receiver: ReceiverConfig): Promise<boolean> {
  const { entries, cursors } = deps;
  const cursor = await readCursor(deps, receiver.name);
  if (!cursor) return false;
  const max = sending.together_max;
  const some = await entries.inOrder(cursor.origin, { from: cursor.seq, limit: max });
  if (some.length === 0) return nextTree(deps, receiver.name, cursor);
  const { told, next } = await withCalls(deps, some, max);
  for (let from = 0; from < told.length; from += max) {
    const views = await showEntries(told.slice(from, from + max), deps.sealer);
    await send(receiver, views, { deps, timeoutMs: sending.timeout });
  }
  await cursors.write(receiver.name, { origin: cursor.origin, seq: next });
  return true;
}

/** The first of these entries, each of calls with all of its calls after it: so many that `max` are reached. */
async function withCalls(
  { calls }: SendingDeps,
  entries: readonly StoredEntry[],
  max: number,
): Promise<{ told: StoredEntry[]; next: number }> {
  const told: StoredEntry[] = [];
  let next = 0;
  for (const entry of entries) {
    const batched = (await calls.of([entry])).get(entry.id) ?? [];
    told.push(entry, ...batched.flatMap((call) => entryOfCall(call, entry) ?? []));
    next = (entry.seq ?? 0) + 1;
    if (told.length >= max) break;
  }
  return { told, next };
}

/** A receiver that is new hears of the tree that grows, from its first entry on. */
async function readCursor({ cursors, trees }: SendingDeps, name: string): Promise<SendCursor | undefined> {
  const tree = await trees.tree();
  return (await cursors.read(name)) ?? (tree && { origin: tree.origin, seq: 0 });
}

async function nextTree({ cursors, trees }: SendingDeps, name: string, { origin }: SendCursor): Promise<boolean> {
  const next = (await trees.trees()).find((tree) => tree.origin > origin);
  if (!next) return false;
  await cursors.write(name, { origin: next.origin, seq: 0 });
  return true;
}

async function send(
  receiver: ReceiverConfig,
  entries: readonly AuditEntryView[],
  { deps, timeoutMs }: { deps: SendingDeps; timeoutMs: number },
): Promise<void> {
  const { secrets, world, version } = deps;
  const secret = (reference: string | undefined): string | undefined =>
    reference === undefined ? undefined : resolveSecret(reference, secrets);
  const lineOf = (entry: AuditEntryView): string =>
    receiver.format === "cef" ? cefLine(entry, version) : JSON.stringify(ocsfEvent(entry, version));
  if (receiver.kind === "http")
    return postEntries(receiver, entries.map(lineOf), { world, timeoutMs, token: secret(receiver.token) });
  const messages = entries.map((entry) => syslogMessage(entry, lineOf(entry)));
  return sendSyslog(receiver, messages, { timeoutMs, ca: secret(receiver.ca) });
}
