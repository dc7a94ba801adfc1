// `meaning`: how often `strategy: semantic` finds the right place, on requests that people labelled, and what it is worth between a
// small model and a large one.
import { resolve } from "node:path";
import { z } from "zod";
import { lastWords } from "../../../src/gateway/routing/facts/last-words.ts";
import { nearness } from "../../../src/gateway/routing/semantic/likeness.ts";
import { READ_MAX } from "../../../src/gateway/routing/semantic/semantics.ts";
import { defineDrill, type DrillContext, type DrillResult } from "../../drill.ts";
import { type LabelledPrompt, readLabelledPrompts } from "../labelled-prompts.ts";
import { embedTexts, type Vectors } from "./embed-texts.ts";
import { judgeModels, type ModelsJudged, spread, subjectsForLarge } from "./judge-models.ts";
import { chooseLeast, chooserOf, judgeChoices, type Measure, sharedWords, takeExamples } from "./judge-requests.ts";
import { type LabelledRequests, readLabelledRequests } from "./labelled-requests.ts";

const EXAMPLES = [5, 15, 30, 100];
const LEAST = 0.4;
/** Of what belongs to a place, what shall be near enough. */
const NEAR_SHARE = 0.95;
const LARGE_SHARES = [0.25, 0.5, 0.75];
const MODEL_EXAMPLES = 100;

export const meaningDrill = defineDrill({
  name: "meaning",
  takes: "2 min with --intents, 3 min more with --labelled",
  summary:
    "labelled requests: how often semantic routing finds the right place, and what it is worth between two models",
  options: z.object({
    intents: z.string().default("").describe("a checkout of clinc/oos-eval; nothing is judged without"),
    labelled: z.string().default("").describe("a checkout of lm-sys/RouteLLM, for two models"),
    requests: z.coerce.number().int().min(100).default(1500).describe("of each part that are judged"),
    prompts: z.coerce.number().int().min(1000).default(4000).describe("for two models; one half gives the examples"),
  }),
  async run(context, { intents, labelled, requests, prompts }) {
    if (intents === "" && labelled === "") {
      context.say("skipped: give --intents a checkout of clinc/oos-eval, --labelled one of lm-sys/RouteLLM, or both");
      return { checks: [], figures: { requests: 0 } };
    }
    const places =
      intents === "" ? NONE : await judgePlaces(readLabelledRequests(resolve(intents)), { context, count: requests });
    const models =
      labelled === "" ? NONE : await judgeTwo(spread(readLabelledPrompts(resolve(labelled)), prompts), context);
    return {
      checks: [...places.checks, ...models.checks],
      figures: { ...places.figures, ...models.figures },
      table: [...(places.table ?? []), ...(models.table ?? [])],
    };
  },
});

const NONE: DrillResult = { checks: [], figures: {}, table: [] };

async function judgePlaces(
  all: LabelledRequests,
  { context, count }: { context: DrillContext; count: number },
): Promise<DrillResult> {
  const [validation, test, others] = [
    spread(all.validation, count),
    spread(all.test, count),
    spread(all.others, count),
  ];
  const most = takeExamples(all.training, Math.max(...EXAMPLES));
  const texts = [...[...most.values()].flat(), ...[...validation, ...test].map(({ text }) => text), ...others];
  const vectors = await embedTexts(texts, context);
  const [near, nearest] = [measureBy(vectors), measureBy(vectors, [1])];
  const words: Measure = (text, examples) => Math.max(...examples.map((example) => sharedWords(text, example)));
  const rows = EXAMPLES.map((number) => {
    const places = takeExamples(all.training, number);
    const answeredBy = (measure: Measure, requests = test) => {
      const choose = chooserOf(places, measure);
      return {
        requests: requests.map(({ text, domain }) => ({ ...choose(text), expected: domain })),
        others: others.map(choose),
      };
    };
    const answered = answeredBy(near);
    const right = [near, nearest, words].map((measure) => judgeChoices(answeredBy(measure)).right);
    const chosen = chooseLeast(answeredBy(near, validation).requests, NEAR_SHARE);
    const withLeast = [LEAST, chosen].map((least) => ({ least, ...judgeChoices(answered, least) }));
    return { number, right, withLeast };
  });
  const [semantic = 0, , lexical = 0] = rows[1]?.right ?? [];
  return {
    checks: [
      {
        that: "with 15 examples a place it is right more often than shared words are",
        holds: semantic > lexical,
        found: `${percent(semantic)} against ${percent(lexical)}`,
      },
    ],
    figures: { requests: test.length, text_ms: vectors.textMs },
    table: [
      ["examples", "right", "by the nearest", "by words", "least", "right", "to the rest", "of others"],
      ["none: a fixed choice", percent(1 / most.size), "", "", "", "", "", ""],
      ...rows.flatMap(({ number, right, withLeast }) =>
        withLeast.map(({ least, ...judged }, place) => [
          ...(place === 0 ? [`${number}`, ...right.map(percent)] : ["", "", "", ""]),
          `${least}`,
          ...[judged.right, judged.toRest, judged.othersToRest].map(percent),
        ]),
      ),
    ],
  };
}

function measureBy(vectors: Vectors, counts?: number[]): Measure {
  return (text, examples) =>
    nearness(
      vectors.of(text),
      examples.map((example) => vectors.of(example)),
      counts,
    );
}

async function judgeTwo(prompts: readonly LabelledPrompt[], context: DrillContext): Promise<DrillResult> {
  const read = prompts.map((each) => ({ ...each, prompt: readOf(each.prompt) }));
  const [training, test] = [0, 1].map((half) => read.filter((_, place) => place % 2 === half));
  if (!training || !test) return NONE;
  const judged = LARGE_SHARES.map((share) => ({ share, subjects: subjectsForLarge(training, share) }));
  const examplesFor = ({ subjects }: (typeof judged)[number]) =>
    new Map(
      [true, false].map((isLarge) => [
        isLarge ? "large" : "small",
        spread(
          training.filter(({ subject }) => subjects.has(subject) === isLarge),
          MODEL_EXAMPLES,
        ).map(({ prompt }) => prompt),
      ]),
    );
  const places = judged.map((each) => ({ ...each, examples: examplesFor(each) }));
  const texts = [
    ...places.flatMap(({ examples }) => [...examples.values()].flat()),
    ...test.map((each) => each.prompt),
  ];
  const vectors = await embedTexts(texts, context);
  const rows = places.flatMap(({ share, subjects, examples }) => {
    const choose = chooserOf(examples, measureBy(vectors));
    return [
      rowOf(
        `${percent(share)} by examples`,
        judgeModels(test, ({ prompt }) => choose(prompt).domain === "large"),
      ),
      rowOf(
        `${percent(share)} by known subject`,
        judgeModels(test, ({ subject }) => subjects.has(subject)),
      ),
    ];
  });
  return {
    checks: [],
    figures: { prompts: test.length, prompt_ms: vectors.textMs },
    table: [
      ["two models", "to the large one", "right", "by lot", "", "", "", ""],
      rowOf(
        "all to the small one",
        judgeModels(test, () => false),
      ),
      ...rows,
      rowOf(
        "all to the large one",
        judgeModels(test, () => true),
      ),
    ],
  };
}

function rowOf(name: string, { toLarge, right, rightByLot }: ModelsJudged): string[] {
  return [name, percent(toLarge), percent(right), percent(rightByLot), "", "", "", ""];
}

function readOf(text: string): string {
  return lastWords({ messages: [{ role: "user", parts: [{ type: "text", text }] }] }, READ_MAX).trim();
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
