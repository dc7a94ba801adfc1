// The face of providers: which vendors and models there are, what they cost, and how a name becomes a target.
import { readFileSync } from "node:fs";
import { withSignal, type World } from "../kernel/index.ts";
import { type CallElsewhere, createCatalogue, createPriceElsewhere, type Price } from "./catalogue/index.ts";
import type { ProvidersConfig } from "./config.ts";
import type { ModelView, Usage, VendorView } from "./contract.ts";
import { createNeeds, type Needs } from "./needs/needs.ts";
import { createSim, simBaseUrl } from "./sim/sim.ts";
import { simPriceVersion } from "./sim/sim-config.ts";
import type { Target } from "./target.ts";
import { createVendor, probeLocalServers, readVendors, type Vendor, vendorKind } from "./vendors/index.ts";

export interface Providers extends Needs {
  /** Looks for model servers on this machine. */
  start(): Promise<void>;
  /** The target behind `vendor/model`, or behind a bare model name that one of the vendors is known for. */
  resolve(name: string): Target | undefined;
  /** The vendor of this name, which stands before the slash in `vendor/model`. */
  vendor(name: string): Vendor | undefined;
  /** What a call cost; null micro-dollars when the model has no known price. */
  price(target: { vendor: string; model: string }, usage: Usage): Price;
  /** What a call cost that went to a vendor without us, as far as its trace tells. */
  priceElsewhere(call: CallElsewhere): Price;
  /** `vendor/model` for every model that is known of the vendors here. */
  modelNames(): readonly string[];
  models(): ModelView[];
  vendors(): VendorView[];
}

export interface ProvidersDeps {
  world: World;
  env: Record<string, string | undefined>;
  /** Says that an address or key found in the environment is this program's own: it must not call itself. */
  isOwn(found: { base_url: string; apiKey: string | undefined }): boolean;
}

export function createProviders(config: ProvidersConfig, { world, env, isOwn }: ProvidersDeps): Providers {
  const catalogue = createCatalogue(config, world);
  const priceElsewhere = createPriceElsewhere(catalogue);
  const sim = config.sim.enabled ? [simVendor(config, world)] : [];
  const named = readVendors(config, {
    env,
    world,
    readFile: (path) => readFileSync(path, "utf8"),
    modelsOf: catalogue.models,
    isOwn,
  });
  let vendors = indexVendors([...named, ...sim]);

  return {
    async start() {
      if (!config.find_local_servers) return;
      const found = await probeLocalServers(world, { timeoutMs: config.local_server_timeout });
      vendors = indexVendors([...named, ...found.filter(({ name }) => !vendors.byName.has(name)), ...sim]);
    },
    resolve(name) {
      const slash = name.indexOf("/");
      const vendor = slash > 0 ? vendors.byName.get(name.slice(0, slash)) : undefined;
      if (vendor)
        return isOffered(vendor, name.slice(slash + 1))
          ? { id: name, vendor, model: name.slice(slash + 1) }
          : undefined;
      const known =
        vendors.byModel.get(name) ?? vendors.list.find(({ kind }) => vendorKind(kind).known_for?.test(name));
      return known && { id: `${known.name}/${name}`, vendor: known, model: name };
    },
    vendor: (name) => vendors.byName.get(name),
    ...createNeeds(catalogue, world),
    price({ vendor: name, model }, usage) {
      const vendor = vendors.byName.get(name);
      return vendor
        ? catalogue.price(vendor, model, { usage, atMs: world.nowMs() })
        : { usd_micros: null, price_version: null };
    },
    priceElsewhere: (call) => priceElsewhere(call, (name) => vendors.byName.get(name)),
    modelNames: () => vendors.modelNames,
    models: () => vendors.list.flatMap((vendor) => vendor.models.map((model) => describe(vendor, model))),
    vendors: () => vendors.list.map((vendor) => vendor.toJSON()),
  };

  function describe(vendor: Vendor, model: string): ModelView {
    const id = `${vendor.name}/${model}`;
    const known = catalogue.describe(vendor, model);
    return {
      id,
      vendor: vendor.name,
      kind: "model",
      targets: [id],
      priced: known !== undefined && known.input_usd_per_million !== null,
      input_usd_per_million: known?.input_usd_per_million ?? null,
      output_usd_per_million: known?.output_usd_per_million ?? null,
      context_tokens: known?.context_tokens ?? null,
      output_tokens_max: known?.output_tokens_max ?? null,
      capabilities: known?.capabilities ?? [],
    };
  }
}

// Vendors bring out models faster than any list of them; only the simulator's list is complete.
function isOffered(vendor: Vendor, model: string): boolean {
  return vendor.base_url !== simBaseUrl || vendor.models.includes(model.split("?")[0] ?? "");
}

function simVendor({ sim: config }: ProvidersConfig, world: World): Vendor {
  const sim = createSim(config, { world });
  return createVendor({
    name: "sim",
    kind: "openai-compatible",
    base_url: simBaseUrl,
    found_by: "built in",
    models: sim.models,
    flatPrice: { ...config.price, version: simPriceVersion },
    fetch: (url, init) => sim.fetch(url, withSignal(init)),
  });
}

interface VendorIndex {
  list: readonly Vendor[];
  byName: ReadonlyMap<string, Vendor>;
  /** The first vendor that is known for a model's bare name. */
  byModel: ReadonlyMap<string, Vendor>;
  modelNames: readonly string[];
}

function indexVendors(list: readonly Vendor[]): VendorIndex {
  const byModel = new Map<string, Vendor>();
  for (const vendor of list) for (const model of vendor.models) if (!byModel.has(model)) byModel.set(model, vendor);
  return {
    list,
    byName: new Map(list.map((vendor) => [vendor.name, vendor])),
    byModel,
    modelNames: list.flatMap((vendor) => vendor.models.map((model) => `${vendor.name}/${model}`)),
  };
}
