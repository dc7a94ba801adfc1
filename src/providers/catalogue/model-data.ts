// The data on models that is shipped with the program, and its shape. tools/generate-catalogue.ts makes it.
import generated from "./models.generated.json" with { type: "json" };

/** Dollars for a million tokens: input, output, cache read, cache write. Null costs what other input costs. */
export type GeneratedPrices = readonly [number, number, number | null, number | null];

export interface GeneratedModel {
  /** Tokens, input and output together. */
  context?: number;
  /** Tokens of output at most. */
  output?: number;
  /** Capabilities, space between, at least one; left out where none is known. */
  can?: string;
  /** Prices; the second row, where there is one, holds above 200,000 tokens of input. */
  usd?: readonly [GeneratedPrices] | readonly [GeneratedPrices, GeneratedPrices];
}

/** An npm package, and what of the catalogue it gives. */
export interface Source {
  package: string;
  version: string;
  gives: string;
}

export interface GeneratedCatalogue {
  provenance: {
    generated_by: string;
    licence: string;
    models: Source;
    capabilities: Source;
    price_library: Source;
  };
  /** By kind of vendor, then by the vendor's name for the model. Null is a model that is not for chat. */
  vendors: Record<string, Record<string, GeneratedModel | null>>;
}

// The compiler would make a type of every single model; the generator's own types say it once.
export const modelData = generated as unknown as GeneratedCatalogue;

/** A dated name (`gpt-4o-mini-2024-07-18`) that is not listed has the facts of the name without its date. */
export function factsOf(kind: string, model: string): GeneratedModel | undefined {
  const models = modelData.vendors[kind];
  if (!models) return undefined;
  const undated = model.replace(/-\d{4}-?\d{2}-?\d{2}$/, "");
  const name = [model, undated].find((each) => Object.hasOwn(models, each));
  return name === undefined ? undefined : (models[name] ?? undefined);
}
