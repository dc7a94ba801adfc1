// What this trail says, said by programs that others wrote: Sigstore's verifier, an implementation of RFC 9162, node's Ed25519.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { verify } from "node:crypto";
import { LogCheckpoint, verifyCheckpoint } from "@sigstore/verify/dist/tlog/checkpoint.js";
import { verifyMerkleInclusion } from "@sigstore/verify/dist/tlog/merkle.js";
import rfc9162 from "@transmute/rfc9162";
import type { TestDatabase } from "../../../test/support/database.ts";
import { createTestAudit, entry, linesOf, startAuditDatabase } from "../audit.fixture.ts";
import { readCheckpoint, readNote, readVerifier } from "../checkpoints/note.ts";
import { hashLeaf } from "../tree/hashes.ts";

interface Line {
  index: number;
  leaf: string;
  proof: string[];
}

let database: TestDatabase;
let checkpoint = "";
let keys: string[] = [];
let entries: Line[] = [];
let consistency: { proof: string[]; from_root: string; to_root: string; to: number };

beforeAll(async () => {
  database = await startAuditDatabase();
  const audit = createTestAudit(database);
  await Promise.all(Array.from({ length: 600 }, (_, index) => audit.note(entry({ details: { index } }))));
  await audit.sequence();
  const [header = "", ...lines] = await linesOf((await audit.export("ndjson", {})).chunks);
  ({ checkpoint, keys } = JSON.parse(header) as { checkpoint: string; keys: string[] });
  entries = lines.slice(0, -1).map((line) => JSON.parse(line) as Line);
  consistency = await audit.consistency({ from: 257 });
  await audit.close();
});
afterAll(() => database.close());

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

test("Sigstore accepts every proof of an export and its signed checkpoint, and no altered leaf", () => {
  const verifier = readVerifier(keys[0] ?? "");
  if (!verifier) throw new Error("the export names no key");
  const validFor = { start: new Date(0), end: new Date(Date.UTC(2100, 0)) };
  const { id, key: publicKey, name: baseURL } = verifier;
  const tlogs = [{ logID: Buffer.from(id), publicKey, baseURL, validFor }];
  const entryOf = ({ index, leaf, proof }: Line): Parameters<typeof verifyCheckpoint>[0] => ({
    logIndex: String(index),
    logId: { keyId: Buffer.alloc(0) },
    kindVersion: { kind: "", version: "" },
    integratedTime: "0",
    inclusionPromise: undefined,
    canonicalizedBody: Buffer.from(leaf),
    inclusionProof: {
      logIndex: String(index),
      rootHash: Buffer.alloc(0),
      treeSize: String(entries.length),
      hashes: proof.map((hash) => Buffer.from(hash, "base64")),
      checkpoint: { envelope: checkpoint },
    },
  });
  const signed = verifyCheckpoint(entryOf(entries[0] ?? { index: 0, leaf: "", proof: [] }), tlogs);
  expect(signed).toBeInstanceOf(LogCheckpoint);
  for (const line of entries) expect(() => verifyMerkleInclusion(entryOf(line), signed)).not.toThrow();
  const [, one] = entries;
  expect(() => verifyMerkleInclusion(entryOf({ ...one, leaf: `${one?.leaf} ` } as Line), signed)).toThrow();
  expect(entries).toHaveLength(601);
});

test("another's RFC 9162 computes the same root, and accepts inclusion and consistency", async () => {
  const said = readCheckpoint(readNote(checkpoint)?.text ?? "");
  const root = new Uint8Array(said?.root ?? []);
  const theirs = await rfc9162.treeHead(entries.map(({ leaf }) => new Uint8Array(Buffer.from(leaf))));
  expect(Buffer.from(theirs)).toEqual(Buffer.from(root));
  for (const { index, leaf, proof } of entries.filter((line) => line.index % 50 === 0)) {
    const inclusion = { log_id: "", tree_size: entries.length, leaf_index: index, inclusion_path: proof.map(bytes) };
    expect(await rfc9162.verifyInclusionProof(root, new Uint8Array(hashLeaf(leaf)), inclusion)).toBe(true);
  }
  const grown = {
    log_id: "",
    tree_size_1: 257,
    tree_size_2: consistency.to,
    consistency_path: consistency.proof.map(bytes),
  };
  expect(await rfc9162.verifyConsistencyProof(bytes(consistency.from_root), bytes(consistency.to_root), grown)).toBe(
    true,
  );
});

test("node's Ed25519 verifies the note, and no other text", () => {
  const note = readNote(checkpoint);
  const verifier = readVerifier(keys[0] ?? "");
  const signature = note?.signatures[0]?.bytes.subarray(4) ?? new Uint8Array();
  const holds = (text: string): boolean =>
    verifier !== undefined && verify(null, Buffer.from(text), verifier.key, signature);
  expect(holds(note?.text ?? "")).toBe(true);
  expect(holds(note?.text.replace("601", "602") ?? "")).toBe(false);
});
