// What is found out before a semantic route is planned, with a made model of vectors.
import { describe, expect, test } from "bun:test";
import { until } from "../../../../test/support/until.ts";
import { embeddingErrors } from "../../../embedding/index.ts";
import { createWorld } from "../../../kernel/index.ts";
import { gatewayConfigSchema } from "../../config.ts";
import { chatOf, headersOf } from "../routing.fixture.ts";
import type { Likeness } from "./likeness.ts";
import { createSemantics } from "./semantics.ts";

const law = { target: "law/x", examples: ["sue", "court"] };
const code = { target: "code/x", examples: ["crash"] };
const semantic = (...targets: object[]) => ({ strategy: "semantic", targets: [...targets, "any/x"] });

/** Words are directions; what it was asked is told. */
function made({
  isLocal = true,
  fails = () => undefined,
}: { isLocal?: boolean; fails?: (text: string) => unknown } = {}) {
  const asked: string[] = [];
  const embedder = {
    isLocal,
    async embed([text = ""]: readonly string[]) {
      asked.push(text);
      const error = fails(text);
      if (error !== undefined) throw error;
      return [
        ["sue", "court", "crash"].reduce(
          (vector, word, at) => vector.fill(Number(text.includes(word)), at, at + 1),
          new Float32Array(3),
        ),
      ];
    },
  };
  const world = { log: { ...createWorld().log, warn: () => undefined } };
  const semantics = createSemantics({ embedder, world });
  const follow = (routes: object) => semantics.follow(gatewayConfigSchema.parse({ routes }).routes);
  return { asked, semantics, follow };
}

type Made = ReturnType<typeof made>;

async function likenessIn({ semantics }: Made, text: string, more: object = {}): Promise<Likeness | undefined> {
  return (await semantics.prepare("r", { ...chatOf(text), ...more }))?.likeness;
}

async function untilReady(all: Made): Promise<void> {
  all.semantics.start();
  await until(async () => (await likenessIn(all, "sue"))?.isKnown === true);
}

describe("before a call is planned", () => {
  test("nothing is done for routes that do not ask, and models that are none", () => {
    const { semantics, follow, asked } = made();
    follow({ r: { targets: ["a/x"] }, s: { strategy: "complexity", targets: ["a/x"] } });
    semantics.start();
    for (const name of ["r", "s", "a/x"]) expect(semantics.prepare(name, chatOf("sue"))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test("the last message of the user is compared with the examples, also of plans within plans", async () => {
    const all = made();
    all.follow({ r: { targets: [semantic(law, code)] } });
    await untilReady(all);
    expect(await likenessIn(all, "court")).toEqual({
      isKnown: true,
      byPlace: new Map([
        ["r.targets.0.targets.0", 0.667],
        ["r.targets.0.targets.1", 0],
      ]),
    });
    const messages = ["crash", "sue"].map((content) => ({ role: "user", content }));
    expect(await likenessIn(all, "", chatOf("", { body: { messages } }))).toMatchObject({ isKnown: true });
    expect(all.asked.at(-1)).toBe("sue");
  });

  test("examples have vectors once, through changes of routes; of those that go, none is kept", async () => {
    const all = made();
    all.follow({ r: semantic(law) });
    await untilReady(all);
    const before = all.asked.filter((text) => text === "court").length;
    all.follow({ r: semantic(law, code), s: semantic(code) });
    await untilReady(all);
    expect(all.asked.filter((text) => text === "court")).toHaveLength(before);
    all.follow({ r: semantic(code) });
    all.follow({ r: semantic(law) });
    await untilReady(all);
    expect(all.asked.filter((text) => text === "court")).toHaveLength(before + 1);
  });
});

describe("nothing is known, and why, where", () => {
  test("the examples have no vectors yet", async () => {
    const all = made();
    all.follow({ r: semantic(law) });
    expect(await likenessIn(all, "sue")).toEqual({ isKnown: false, why: "for the examples have no vectors yet" });
    expect(all.asked).toEqual([]);
  });

  test("there is no text, or the caller binds its data and the vectors are made elsewhere", async () => {
    const all = made({ isLocal: false });
    all.follow({ r: semantic(law) });
    await untilReady(all);
    const bound = headersOf({ "x-binnacle-region": "eu" });
    expect(await likenessIn(all, " ")).toMatchObject({ why: "there is no text of the user in it" });
    expect(await likenessIn(all, "sue", bound)).toMatchObject({
      why: expect.stringContaining("where its data may go"),
    });
  });

  test("the model fails, or is too slow", async () => {
    let isDown = false;
    const down = () => (isDown ? embeddingErrors.timeout({ model: "m", timeoutMs: 9 }) : undefined);
    const all = made({ fails: down });
    all.follow({ r: semantic(law) });
    await untilReady(all);
    isDown = true;
    expect(await likenessIn(all, "sue")).toEqual({ isKnown: false, why: "m did not embed the texts within 9 ms" });
    isDown = false;
    expect(await likenessIn(all, "sue")).toMatchObject({ isKnown: true });
  });

  test("the text is none for the model: others are asked about all the same", async () => {
    const all = made({
      fails: (text) => (text === "嗨" ? embeddingErrors.not_its_language({ model: "m" }) : undefined),
    });
    all.follow({ r: semantic({ target: "law/x", examples: ["sue", "嗨"] }) });
    await untilReady(all);
    expect(await likenessIn(all, "嗨")).toEqual({ isKnown: false, why: "m knows English, and the text is not" });
    expect(await likenessIn(all, "sue")).toMatchObject({ isKnown: true });
  });

  test("examples that failed are tried again until they have vectors", async () => {
    let failures = 2;
    const all = made({ fails: () => (failures-- > 0 ? new Error("down") : undefined) });
    all.follow({ r: semantic(law) });
    await untilReady(all);
    all.semantics.close();
  });
});

test("the caller hangs up: that is thrown, and nothing is said of the model", async () => {
  const hangUp = new AbortController();
  const all = made({ fails: (text) => (text === "leaving" ? hangUp.signal.reason : undefined) });
  all.follow({ r: semantic(law) });
  await untilReady(all);
  hangUp.abort(new Error("gone"));
  expect(likenessIn(all, "leaving", { signal: hangUp.signal })).rejects.toThrow("gone");
  expect(await likenessIn(all, "sue")).toMatchObject({ isKnown: true });
});
