import { expect, test } from "bun:test";
import type { StoredFinding } from "../store/findings.ts";
import { type Candidate, NO_EVIDENCE } from "./candidates.ts";
import { followFindings } from "./follow-findings.ts";

const SEEN: Candidate = {
  profile: "p",
  kind: "distribution",
  figure: "output_tokens",
  sinceMs: 10,
  evidence: NO_EVIDENCE,
};

/** Look after look; gives what is standing and what was told. */
function follow(looks: readonly (readonly Candidate[])[]) {
  let standing: StoredFinding[] = [];
  const told: string[] = [];
  let ids = 0;
  for (const [look, candidates] of looks.entries()) {
    const followed = followFindings(standing, candidates, {
      confirmLooks: 3,
      clearLooks: 2,
      nowMs: 100 + look,
      newId: () => `id-${(ids += 1)}`,
    });
    const written = new Map(followed.written.map((finding) => [finding.id, finding]));
    standing = [
      ...standing.filter(({ id }) => !written.has(id) && !followed.dropped.includes(id)),
      ...written.values(),
    ];
    standing = standing.filter(({ state }) => state !== "closed");
    told.push(...followed.told.map(({ id, state }) => `${id} ${state} ${100 + look}`));
  }
  return { standing, told };
}

test("what goes on for three looks is opened, with when it began", () => {
  const { standing, told } = follow([[SEEN], [{ ...SEEN, sinceMs: 20 }], [SEEN]]);
  expect(told).toEqual(["id-1 open 102"]);
  expect(standing).toMatchObject([{ state: "open", sinceMs: 10, openedAtMs: 102 }]);
});

test("what goes before is forgotten", () => {
  expect(follow([[SEEN], [], [SEEN], [SEEN]])).toMatchObject({
    told: [],
    standing: [{ id: "id-2", state: "suspected" }],
  });
});

test("an open one is closed when two looks do not see it, not one", () => {
  expect(follow([[SEEN], [SEEN], [SEEN], [], [SEEN], []]).told).toEqual(["id-1 open 102"]);
  expect(follow([[SEEN], [SEEN], [SEEN], [], []])).toMatchObject({
    told: ["id-1 open 102", "id-1 closed 104"],
    standing: [],
  });
});

test("new versions and changes are opened at once, and a change is over when its time is", () => {
  const change: Candidate = { ...SEEN, kind: "stream" };
  expect(follow([[change, { ...SEEN, kind: "version" }], []]).told).toEqual([
    "id-1 open 100",
    "id-2 open 100",
    "id-1 closed 101",
  ]);
});
