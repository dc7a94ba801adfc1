// `semantic`: how often the semantic cache would give a wrong answer, on questions that people paired and labelled. The threshold is
// chosen on every second pair; the figures are of the others.
import { resolve } from "node:path";
import { z } from "zod";
import { createEmbedder, type Embedder, embeddingConfigSchema, similarity } from "../../src/embedding/index.ts";
import { toldApartBy } from "../../src/gateway/cache/semantic/guards/index.ts";
import { createWorld, isAppError } from "../../src/kernel/index.ts";
import { defineDrill, type DrillContext } from "../drill.ts";
import { createDice } from "../run/dice.ts";
import {
  areaUnder,
  chooseThreshold,
  type Guarding,
  judgeAt,
  type Judged,
  type JudgedPair,
  learnBound,
} from "./judge-pairs.ts";
import { type LabelledPair, readPairs } from "./labelled-pairs.ts";

const THRESHOLDS = [0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995];
const BOUNDS = [0.2, 0.1, 0.05];
const FLOOR = 0.9;
const SAMPLE_SHARE = 0.05;
const ORDERS = 20;
const TEXTS_AT_ONCE = 32;

export const semanticDrill = defineDrill({
  name: "semantic",
  takes: "2 min with --data",
  summary: "labelled pairs of questions: how many wrong answers the semantic cache would give, guarded and not",
  options: z.object({
    data: z
      .string()
      .default("")
      .describe("JSON of pairs, plain or .gz: [{text_a, text_b, label}]; nothing is judged without"),
    pairs: z.coerce.number().int().min(100).default(4000).describe("that are judged, from the first on"),
  }),
  async run(context, { data, pairs: count }) {
    if (data === "") {
      context.say("skipped: give --data a file of labelled pairs, such as Quora's question pairs");
      return { checks: [], figures: { pairs: 0 } };
    }
    const labelled = readPairs(resolve(data)).slice(0, count);
    const { judged, text_us } = await judgePairs(labelled, context);
    const [choosing, told] = [
      judged.filter((_, place) => place % 2 === 0),
      judged.filter((_, place) => place % 2 === 1),
    ];
    const bare = judgeAt(told, 0.97, "none");
    const guarded = judgeAt(told, 0.97, "close");
    return {
      checks: [
        {
          that: "the guards take away half of the wrong answers at least, at a threshold of 0.97",
          holds: guarded.falseShare < bare.falseShare / 2,
          found: `${percent(guarded.falseShare)} wrong, ${percent(bare.falseShare)} without guards`,
        },
      ],
      figures: { pairs: labelled.length, text_us, area_under_curve: areaUnder(told) },
      table: tableOf(choosing, told, createDice(context.seed, "samples").random),
    };
  },
});

async function judgePairs(
  labelled: readonly LabelledPair[],
  { say, signal, defer }: DrillContext,
): Promise<{ judged: JudgedPair[]; text_us: number }> {
  const embedder = createBuiltin();
  defer(() => embedder.close());
  const texts = [...new Set(labelled.flatMap(({ one, other }) => [one, other]))];
  const vectors = new Map<string, Float32Array>();
  await embedder.embed(["the model is loaded first"]);
  const startedMs = performance.now();
  for (let place = 0; place < texts.length; place += TEXTS_AT_ONCE) {
    signal.throwIfAborted();
    await Promise.all(
      texts.slice(place, place + TEXTS_AT_ONCE).map(async (text) => {
        // What is not English has no vector, and is never alike: as in the cache.
        const [vector] = await embedder.embed([text]).catch(notEnglish);
        vectors.set(text, vector ?? NOTHING);
      }),
    );
    if (place % (TEXTS_AT_ONCE * 50) === 0) say(`${place} of ${texts.length} texts have vectors`);
  }
  const text_us = ((performance.now() - startedMs) * 1000) / texts.length;
  const judged = labelled.map(({ one, other, isSame }) => ({
    similarity: similarity(vectors.get(one) ?? NOTHING, vectors.get(other) ?? NOTHING),
    wording: wordingFor(one, other),
    isSame,
  }));
  return { judged, text_us };
}

function wordingFor(one: string, other: string): JudgedPair["wording"] {
  if (toldApartBy(one, other, "free") !== undefined) return "apart";
  return toldApartBy(one, other, "close") === undefined ? "close" : "free";
}

function notEnglish(error: unknown): Float32Array[] {
  if (isAppError(error) && error.code === "embedding.not_its_language") return [];
  throw error;
}

const NOTHING = new Float32Array();

function createBuiltin(): Embedder {
  const config = embeddingConfigSchema.parse({ timeout: "10m", text_chars_max: 100_000, remembered_texts_max: 0 });
  return createEmbedder(config, {
    world: createWorld(),
    ledger: { open: () => unused() },
    providers: { resolve: () => undefined, price: () => unused() },
  });
}

function unused(): never {
  throw new Error("the built-in model asks no vendor");
}

const GUARDINGS = ["close", "free", "none"] as const;

function tableOf(choosing: readonly JudgedPair[], told: readonly JudgedPair[], random: () => number): string[][] {
  const row = (name: string, judge: (guarding: Guarding) => Judged | undefined) => [
    name,
    ...GUARDINGS.flatMap((guarding) => cellsOf(judge(guarding))),
  ];
  const byThreshold = THRESHOLDS.map((threshold) =>
    row(`${threshold}`, (guarding) => judgeAt(told, threshold, guarding)),
  );
  const byChoice = BOUNDS.map((bound) =>
    row(`chosen for ${percent(bound)}`, (guarding) => {
      const threshold = chooseThreshold(choosing, { thresholds: THRESHOLDS, guarding, falseShareMax: bound });
      return threshold === undefined ? undefined : judgeAt(told, threshold, guarding);
    }),
  );
  const byBound = BOUNDS.map((bound) =>
    row(`error_bound ${bound}`, (guarding) =>
      learnBound(told, { bound, floor: FLOOR, guarding, sampleShare: SAMPLE_SHARE, orders: ORDERS, random }),
    ),
  );
  const heading = ["threshold", ...GUARDINGS.flatMap((guarding) => [`${guarding}: hits`, "wrong", "found"])];
  return [heading, ...byThreshold, ...byChoice, ...byBound];
}

function cellsOf(judged: Judged | undefined): string[] {
  return judged ? [`${judged.hits}`, percent(judged.falseShare), percent(judged.found)] : ["none", "", ""];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
