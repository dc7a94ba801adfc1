// Has checkpoints signed by witnesses (C2SP tlog-witness): others who remember what they saw of this tree, and sign only what
// follows from it. A tree that was put back or forked is refused by them, whoever holds its key.
import { createCancellation, type HttpAnswer, type World } from "../../kernel/index.ts";
import {
  isSignedBy,
  type Note,
  type NoteSignature,
  readNote,
  readSignatures,
  readVerifier,
  type Verifier,
  writeNote,
} from "../checkpoints/note.ts";
import type { AuditConfig } from "../config.ts";
import type { AuditState } from "../contract.ts";
import { base64 } from "../exporting/ndjson.ts";
import type { SignedCheckpoint, TreeStore } from "../store/tree-store.ts";
import { createTreeReader } from "../tree/proofs.ts";

export interface Witnessing {
  /** The latest checkpoint is another one: all of them are asked, and their signatures kept with it. Nobody waits for that. */
  wake(): void;
  /** Comes back when those are done who are being asked. */
  close(): Promise<void>;
  state(): AuditState["witnesses"];
}

interface WitnessingDeps {
  trees: TreeStore;
  world: Pick<World, "fetch" | "log">;
}

interface Witness {
  url: string;
  verifier: Verifier;
  /** What it has signed, as far as it told. */
  origin: number;
  size: number;
  lastError: string | null;
}

interface Answer {
  status: number;
  text: string;
}

const ANSWER_BYTES_MAX = 16 * 1024;
/** It knows a size better than we do, once; then it should agree. */
const TRIES = 2;

export function createWitnessing(
  { witnesses: configured, witness_timeout: timeoutMs }: Pick<AuditConfig, "witnesses" | "witness_timeout">,
  { trees, world }: WitnessingDeps,
): Witnessing {
  const witnesses: Witness[] = configured.flatMap(({ url, key }) => {
    const verifier = readVerifier(key);
    if (!verifier) world.log.error({ url }, "the key of a witness is none, and it is not asked");
    return verifier ? [{ url: url.replace(/\/$/, ""), verifier, origin: 0, size: 0, lastError: null }] : [];
  });

  async function post(url: string, body: string): Promise<Answer> {
    const cancellation = createCancellation();
    const timer = setTimeout(() => cancellation.cancel(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      const answer = await world.fetch(url, {
        method: "POST",
        headers: { "content-type": "text/plain; charset=utf-8" },
        body,
        redirect: "manual",
        cancellation,
        connectTimeoutMs: timeoutMs,
      });
      return { status: answer.status, text: await readStart(answer) };
    } finally {
      clearTimeout(timer);
    }
  }

  async function cosign(witness: Witness, { origin, size, note }: SignedCheckpoint): Promise<NoteSignature[]> {
    if (witness.origin !== origin) [witness.origin, witness.size] = [origin, 0];
    for (let tried = 0; tried < TRIES; tried += 1) {
      if (witness.size > size) throw new Error(`it has signed ${witness.size} entries, and here are ${size}`);
      const proof =
        witness.size === 0 ? [] : await createTreeReader(trees.readTile(origin)).consistency(witness.size, size);
      const body = [`old ${witness.size}`, ...proof.map(base64), "", note].join("\n");
      const { status, text } = await post(`${witness.url}/add-checkpoint`, body);
      if (status === 200) {
        const signed = readNote(note);
        const valid = signed ? validIn(text, signed, witness.verifier) : [];
        if (valid.length === 0) throw new Error("its signature does not hold");
        witness.size = size;
        return valid;
      }
      if (status !== 409 || !/^\d{1,15}\n?$/.test(text)) throw new Error(`it answered with HTTP ${status}`);
      witness.size = Number(text);
    }
    throw new Error("it says another size each time");
  }

  let asking: Promise<void> | undefined;
  let isWoken = false;

  async function askAll(): Promise<void> {
    while (isWoken) {
      isWoken = false;
      await ask();
    }
    asking = undefined;
  }

  async function ask(): Promise<void> {
    try {
      const tree = await trees.tree();
      const latest = tree && (await trees.checkpoint(tree.origin));
      const note = latest && readNote(latest.note);
      if (!latest || !note) return;
      const added = await Promise.all(witnesses.map((witness) => tryOne(witness, () => cosign(witness, latest))));
      if (added.flat().length === 0) return;
      await trees.setNote({
        ...latest,
        note: writeNote({ ...note, signatures: [...note.signatures, ...added.flat()] }),
      });
    } catch (err) {
      world.log.warn({ err }, "witnesses could not be asked");
    }
  }

  return {
    wake() {
      if (witnesses.length === 0) return;
      isWoken = true;
      asking ??= askAll();
    },
    async close() {
      isWoken = false;
      await asking;
    },
    state: () =>
      witnesses.map(({ verifier, size, lastError }) => ({ name: verifier.name, size, last_error: lastError })),
  };
}

async function tryOne(witness: Witness, ask: () => Promise<NoteSignature[]>): Promise<NoteSignature[]> {
  try {
    const signatures = await ask();
    witness.lastError = null;
    return signatures;
  } catch (error) {
    witness.lastError = error instanceof Error ? error.message : String(error);
    return [];
  }
}

async function readStart({ body }: HttpAnswer): Promise<string> {
  const reader = body?.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  while (reader && bytes < ANSWER_BYTES_MAX) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    pieces.push(value);
    bytes += value.byteLength;
  }
  if (bytes >= ANSWER_BYTES_MAX) await reader?.cancel();
  return Buffer.concat(pieces).toString("utf8");
}

/** Those lines that are the witness's own signatures of this note. */
function validIn(lines: string, { text }: Note, verifier: Verifier): NoteSignature[] {
  return (readSignatures(lines) ?? []).filter((each) => isSignedBy({ text, signatures: [each] }, verifier));
}
