// `routing`: what keeping conversations together does for a vendor's prompt cache, and what the classifier of complexity is worth.
import { resolve } from "node:path";
import { z } from "zod";
import { type Check, defineDrill, type DrillContext } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { serveCachingVendor } from "./caching-vendor.ts";
import { judgeHeldOut, judgeThresholds, type Outcome, timeClassifier } from "./judge-classifier.ts";
import { readLabelledPrompts } from "./labelled-prompts.ts";

const CLASSIFIER_US_MAX = 200;
const TARGETS = ["acme/a", "acme/b", "acme/c", "acme/d"];
const ROUTES = {
  spread: { strategy: "weighted", targets: TARGETS },
  kept: { strategy: "weighted", affinity: "session", targets: TARGETS },
};

export const routingDrill = defineDrill({
  name: "routing",
  takes: "10 s",
  summary: "conversations over targets with caches, kept together and not; the classifier's time and worth",
  options: z.object({
    conversations: z.coerce.number().int().min(2).max(1000).default(40).describe("that go on at the same time"),
    turns: z.coerce.number().int().min(2).max(100).default(8).describe("of each"),
    labelled: z.string().default("").describe("a checkout of RouteLLM, for the classifier's worth"),
  }),
  async run(context, { conversations, turns, labelled }) {
    const running = await startWithVendor(context);
    const spread = await replay(running, "spread", { conversations, turns });
    const kept = await replay(running, "kept", { conversations, turns });
    await running.stop();
    const classifier_us = timeClassifier();
    const checks: Check[] = [
      {
        that: "a fifth more of what goes in, at least, is read from caches when conversations are kept together",
        holds: kept > spread * 1.2,
        found: `${percent(kept)} against ${percent(spread)}`,
      },
      {
        that: `the classifier takes less than ${CLASSIFIER_US_MAX} µs of CPU`,
        holds: classifier_us < CLASSIFIER_US_MAX,
        found: `${classifier_us.toFixed(1)} µs for a long prompt`,
      },
    ];
    const figures = { cached_share_spread: spread, cached_share_kept: kept, classifier_us };
    if (labelled === "") return { checks, figures };
    return { checks, figures, table: tableOf(resolve(labelled)) };
  },
});

async function startWithVendor(context: DrillContext): Promise<RunningBinnacle> {
  const vendor = serveCachingVendor();
  context.defer(() => vendor.stop());
  const acme = { kind: "openai-compatible", base_url: vendor.url, api_keys: ["env:ONE", "env:TWO"] };
  const config = { providers: { vendors: { acme } }, gateway: { routes: ROUTES } };
  return createInstallation(context, { config, env: { ONE: "sk-1", TWO: "sk-2" } }).start();
}

interface Talk {
  conversations: number;
  turns: number;
}

/** All conversations, a turn of each in turn; the share of input tokens that the vendor read from its caches. */
async function replay(running: RunningBinnacle, model: string, { conversations, turns }: Talk): Promise<number> {
  const talks = Array.from({ length: conversations }, (_, place) => [
    {
      role: "system",
      content: `You answer for ${model} in matter ${place}. ${"Rules and papers of the matter. ".repeat(200)}`,
    },
  ]);
  const sum = { input: 0, cached: 0 };
  for (let turn = 1; turn <= turns; turn += 1)
    for (const messages of talks) {
      messages.push({
        role: "user",
        content: `And what of point ${turn}? ${"It is said that it matters. ".repeat(10)}`,
      });
      const { input, cached } = await ask(running, { model, messages });
      messages.push({ role: "assistant", content: "Aye." });
      sum.input += input;
      sum.cached += cached;
    }
  return sum.cached / sum.input;
}

async function ask({ url, key }: RunningBinnacle, body: object): Promise<{ input: number; cached: number }> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`a call was refused: ${await response.text()}`);
  const { usage } = (await response.json()) as {
    usage: { prompt_tokens: number; prompt_tokens_details: { cached_tokens: number } };
  };
  return { input: usage.prompt_tokens, cached: usage.prompt_tokens_details.cached_tokens };
}

function tableOf(checkout: string): string[][] {
  const prompts = readLabelledPrompts(checkout);
  const rowOf = ({ upTo, toLarge, right, rightByLot }: Outcome, said = `${upTo}`): string[] => [
    said,
    percent(toLarge),
    percent(right),
    percent(rightByLot),
  ];
  const heldOut = judgeHeldOut(prompts);
  return [
    ["up_to of the small one", "to the large one", "right", "right by lot"],
    ...judgeThresholds(prompts).map((outcome) => rowOf(outcome)),
    ...(heldOut ? [rowOf(heldOut, `${heldOut.upTo}, chosen on one half, told of the other`)] : []),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
