// What a call costs that went to a vendor without us: somebody else's trace tells of it. The vendor may be one of ours, one of
// the table, or not named at all; then it is taken to be the maker of the model.
import type { Usage } from "../contract.ts";
import { type Vendor, vendorKind, type VendorKindName, vendorKindNames } from "../vendors/index.ts";
import type { Catalogue, CataloguedVendor, Price } from "./catalogue.ts";

export interface CallElsewhere {
  /** By its name here; null where the trace names none. */
  vendor: string | null;
  model: string;
  tokens: Usage;
  atMs: number;
}

/** Those who sell their own models, in the order in which they are asked. */
const makers = ["openai", "anthropic", "google", "mistral", "cohere", "deepseek", "xai", "perplexity"] as const;

const unpriced: Price = { usd_micros: null, price_version: null };

export function createPriceElsewhere(catalogue: Pick<Catalogue, "price">) {
  const byKind = new Map(vendorKindNames.map((kind) => [kind as string, vendorOfKind(kind)]));

  return (asked: CallElsewhere, ownVendor: (name: string) => Vendor | undefined): Price => {
    const { vendor, tokens, atMs } = asked;
    for (const { seller, model } of offersOf(asked, (name) => ownVendor(name) ?? byKind.get(name))) {
      const price = catalogue.price(seller, model, { usage: tokens, atMs });
      if (price.usd_micros !== null) return price;
    }
    return vendor === null ? (priceOfMaker(asked) ?? unpriced) : unpriced;
  };

  function priceOfMaker({ model, tokens, atMs }: CallElsewhere): Price | undefined {
    const name = model.slice(model.lastIndexOf("/") + 1);
    return makers
      .flatMap((maker) => byKind.get(maker) ?? [])
      .map((maker) => catalogue.price(maker, name, { usage: tokens, atMs }))
      .find(({ usd_micros: micros }) => micros !== null);
  }
}

interface Offer {
  seller: CataloguedVendor;
  model: string;
}

/** Whom the trace names, and whom the model names before its slash: a gateway's models are called so. */
function offersOf({ vendor, model }: CallElsewhere, find: (name: string) => CataloguedVendor | undefined): Offer[] {
  const slash = model.indexOf("/");
  const named = vendor === null ? undefined : find(vendor);
  const inModel = slash > 0 ? find(model.slice(0, slash)) : undefined;
  return [
    ...(named ? [{ seller: named, model }] : []),
    ...(inModel ? [{ seller: inModel, model: model.slice(slash + 1) }] : []),
  ];
}

function vendorOfKind(kind: VendorKindName): CataloguedVendor {
  return { name: kind, kind, priceProvider: vendorKind(kind).prices, flatPrice: null };
}
