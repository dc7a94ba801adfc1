// What the console works out in the browser, against proofs of the real trail, the server's own verifier, and what was tampered with.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { verifyEntry } from "../../console/src/pages/audit/proof/verify-entry.ts";
import { verifyGrowth } from "../../console/src/pages/audit/proof/verify-growth.ts";
import { readCheckpoint, readKey } from "../../console/src/pages/audit/proof/signed-note.ts";
import { hasOnlyGrown, walkToRoot } from "../../console/src/pages/audit/proof/walk-path.ts";
import { createTestAudit, entry, startAuditDatabase } from "../../src/audit/audit.fixture.ts";
import { pathInBatch } from "../../src/audit/calls/call-batch.ts";
import type { AuditEntryView, Inclusion } from "../../src/audit/contract.ts";
import { isConsistent, rootByInclusion } from "../../src/audit/tree/check-proof.ts";
import { hashLeaf, rootOf } from "../../src/audit/tree/hashes.ts";
import type { TestDatabase } from "../support/database.ts";

const COUNT = 37;

let database: TestDatabase;
let audit: ReturnType<typeof createTestAudit>;
let keys: string[] = [];
let shown: AuditEntryView;
let inclusion: Inclusion;

beforeAll(async () => {
  database = await startAuditDatabase();
  audit = createTestAudit(database);
  for (let index = 0; index < COUNT; index += 1) await audit.note(entry({ details: { index } }));
  await audit.sequence();
  ({ keys } = await audit.state());
  const page = await audit.list({ limit: COUNT });
  const middle = page.entries[20];
  if (middle === undefined) throw new Error("the trail has too few entries");
  shown = middle;
  inclusion = await audit.proof(middle.id);
});
afterAll(async () => {
  await audit.close();
  await database.close();
});

const flip = (base64: string): string => (base64.startsWith("A") ? "B" : "A") + base64.slice(1);
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

describe("an entry", () => {
  test("is proven from its leaf to the signature", async () => {
    const verified = await verifyEntry({ shown, inclusion, keys });
    expect(verified).toMatchObject({
      state: "ok",
      content: { state: "ok", differing: [] },
      leaf: { index: inclusion.index, size: COUNT + 1 },
      root: { state: "ok" },
      signature: { state: "ok", others: [] },
    });
    expect(verified.path.root).toBe(verified.root.signed);
  });

  test("is not what was signed once a byte of its leaf is another", async () => {
    const leaf = inclusion.leaf.replace("key.create", "key.revoke");
    const verified = await verifyEntry({
      shown: { ...shown, action: "key.revoke" },
      inclusion: { ...inclusion, leaf },
      keys,
    });
    expect(verified).toMatchObject({ state: "fail", content: { state: "ok" }, root: { state: "fail" } });
  });

  test("is shown as its leaf says, or that is said", async () => {
    const verified = await verifyEntry({
      shown: { ...shown, outcome: "refused", details: { index: 99 } },
      inclusion,
      keys,
    });
    expect(verified).toMatchObject({ state: "fail", root: { state: "ok" } });
    expect(verified.content.differing).toEqual(["outcome", "details"]);
  });

  test("has one place and one path", async () => {
    const [first = "", ...rest] = inclusion.proof;
    const wrong: Partial<Inclusion>[] = [
      { index: inclusion.index + 1 },
      { index: COUNT + 5 },
      { proof: [flip(first), ...rest] },
      { proof: rest },
      { proof: [...inclusion.proof, first] },
      { proof: ["no hash", ...rest] },
    ];
    for (const change of wrong)
      expect((await verifyEntry({ shown, inclusion: { ...inclusion, ...change }, keys })).state).toBe("fail");
  });

  test("needs a checkpoint that one of the keys signed", async () => {
    const strangers = [keys[0]?.replace(/\+[0-9a-f]{8}\+/, "+00000000+") ?? ""];
    expect((await verifyEntry({ shown, inclusion, keys: strangers })).signature.state).toBe("fail");
    expect((await verifyEntry({ shown, inclusion, keys: [] })).state).toBe("fail");
    const grown = inclusion.checkpoint.replace(`\n${COUNT + 1}\n`, `\n${COUNT + 2}\n`);
    expect((await verifyEntry({ shown, inclusion: { ...inclusion, checkpoint: grown }, keys })).signature.state).toBe(
      "fail",
    );
    const none = await verifyEntry({ shown, inclusion: { ...inclusion, checkpoint: "nothing" }, keys });
    expect(none).toMatchObject({ state: "fail", root: { state: "fail", signed: null }, signature: { state: "fail" } });
  });
});

describe("a tree", () => {
  test("has only grown since each of its sizes, and not from another root", async () => {
    for (const from of [1, 2, 7, 8, 16, 31, COUNT + 1]) {
      const answer = await audit.consistency({ from });
      expect(await verifyGrowth({ answer, knownRoot: answer.from_root, keys })).toMatchObject({ state: "ok", from });
      const lied = { ...answer, from_root: flip(answer.from_root) };
      expect((await verifyGrowth({ answer: lied, knownRoot: null, keys })).path.state).toBe("fail");
    }
  });

  test("is held against the root that the reader noted down", async () => {
    const answer = await audit.consistency({ from: 9 });
    const verified = await verifyGrowth({ answer, knownRoot: flip(answer.from_root), keys });
    expect(verified).toMatchObject({ state: "fail", known: { state: "fail" }, path: { state: "ok" } });
  });

  test("is signed at the size that the answer is about", async () => {
    const answer = await audit.consistency({ from: 9, to: 20 });
    expect(await verifyGrowth({ answer, knownRoot: null, keys })).toMatchObject({
      state: "fail",
      root: { state: "fail" },
    });
  });
});

test("walks every tree as the server does", async () => {
  for (const size of [1, 2, 3, 5, 8, 13]) {
    const hashes = Array.from({ length: size }, (_, index) => hashLeaf(`leaf ${index}`));
    for (let index = 0; index < size; index += 1) {
      const [path, leafHash] = [pathInBatch(hashes, index), hashes[index] ?? new Uint8Array()];
      for (const claimed of [size, size + 1, size + 7]) {
        const walked = await walkToRoot({ index, size: claimed, leafHash, path });
        const expected = rootByInclusion({ index, size: claimed, leafHash, proof: path });
        expect(walked.root && Buffer.from(walked.root).toString("hex")).toBe(
          expected === undefined ? null : Buffer.from(expected).toString("hex"),
        );
      }
      expect((await walkToRoot({ index, size, leafHash, path })).steps).toHaveLength(path.length);
    }
    expect(rootOf(hashes)).toHaveLength(32);
  }
});

test("judges growth as the server does, whatever sizes are claimed", async () => {
  const { proof, from_root: fromRoot, to_root: toRoot } = await audit.consistency({ from: 11 });
  const path = proof.map(bytes);
  for (const [older, newer] of [
    [11, COUNT + 1],
    [10, COUNT + 1],
    [12, COUNT + 1],
    [11, COUNT],
    [COUNT + 2, COUNT + 1],
  ] as const) {
    const growth = { older: { size: older, root: bytes(fromRoot) }, newer: { size: newer, root: bytes(toRoot) } };
    expect(await hasOnlyGrown({ ...growth, path })).toBe(isConsistent({ ...growth, proof: path }));
  }
});

test("reads no key and no checkpoint where there is none", async () => {
  const [key = ""] = keys;
  expect((await readKey(key))?.name).toBe(key.split("+")[0]);
  for (const text of ["", "a+b+c", key.slice(0, -4), key.replace("+A", "+B"), `${key}AAAA`])
    expect(await readKey(text)).toBeNull();
  for (const text of ["", "\n\n", "a\n1\nb\n\n— a b\n", inclusion.checkpoint.slice(0, -1)])
    expect(readCheckpoint(text)).toBeNull();
});
