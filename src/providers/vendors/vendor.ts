// A vendor as the gateway calls it, and what of it may be shown.
import type { Fetch } from "../../kernel/index.ts";
import type { ConfiguredPrice } from "../config.ts";
import type { DialectName, VendorView } from "../contract.ts";
import type { ChatQuirks } from "../formats/openai-chat/index.ts";
import { type Credential, type CredentialPool, createCredentialPool } from "./credentials.ts";
import type { QuotaStyle } from "./quotas.ts";
import { type Formats, type VendorKindName, vendorKind } from "./table.ts";
import type { Cloud } from "./wires.ts";

/** Bounds on one call to this vendor; each left out follows the gateway's. */
export interface VendorTimeouts {
  /** Until the first byte of the answer. */
  firstByteMs?: number;
  /** Between two pieces of a stream. */
  idleMs?: number;
  /** For the whole call. */
  totalMs?: number;
}

export interface Vendor {
  /** What stands before the slash in `vendor/model`. */
  name: string;
  kind: VendorKindName;
  /** What it can be spoken to in about a model, the best first. */
  dialectsOf(model: string): readonly DialectName[];
  cloud: Cloud | undefined;
  /** In which formats it embeds and reranks, where it does. */
  formats: Formats;
  /** Without a slash at its end; what follows is in wires.ts. */
  base_url: string;
  credentials: CredentialPool;
  found_by: string;
  /** Its id in the price data; null where its prices are not known. */
  priceProvider: string | null;
  /** What each of its models costs, where that is one and the same, and what the record names as its table. */
  flatPrice: (ConfiguredPrice & { version: string }) | null;
  /** Model names known from the config, the catalogue or the server itself; others may be called too. */
  models: readonly string[];
  quirks: ChatQuirks;
  quotas: QuotaStyle;
  timeouts: VendorTimeouts;
  /** Whether it is told which trace a request belongs to. */
  sendsTraceparent: boolean;
  /** Takes the network's place; the simulator has one. */
  fetch?: Fetch;
  /** What JSON and the log show of it: never the key. */
  toJSON(): VendorView;
}

export interface VendorSpec {
  name: string;
  kind: VendorKindName;
  base_url: string;
  /** In the order in which they take their turns; none where the vendor wants none. */
  credentials?: readonly Credential[] | undefined;
  found_by: string;
  /** By default those of its kind. */
  dialects?: readonly DialectName[] | undefined;
  /** By default free on this very machine, where the kind runs on the operator's own. */
  flatPrice?: Vendor["flatPrice"] | undefined;
  fetch?: Vendor["fetch"] | undefined;
  models: readonly string[];
  timeouts?: VendorTimeouts | undefined;
  /** By default where the kind runs on the operator's own machines. */
  sendsTraceparent?: boolean | undefined;
}

/** Known to cost nothing, which is not the same as having no known price. */
export const freePrice = { input_usd_per_million: 0, output_usd_per_million: 0, version: "free" } as const;

/** The spec completed from the table of kinds. */
export function createVendor(spec: VendorSpec): Vendor {
  const kind = vendorKind(spec.kind);
  const dialects = spec.dialects ?? kind.dialects ?? (["openai-chat"] as const);
  const families = spec.dialects ? [] : (kind.families ?? []);
  const baseUrl = spec.base_url.replace(/\/+$/, "");
  const view: VendorView = {
    name: spec.name,
    dialects: [...new Set([...dialects, ...families.flatMap((family) => family.dialects)])],
    base_url: withoutCredentials(baseUrl),
    found_by: spec.found_by,
  };
  return {
    name: spec.name,
    kind: spec.kind,
    dialectsOf: (model) => families.find(({ names }) => names.test(model))?.dialects ?? dialects,
    cloud: kind.cloud,
    formats: { embeddings: dialects.includes("openai-chat") ? "openai" : undefined, ...kind.formats },
    base_url: baseUrl,
    credentials: createCredentialPool(spec.credentials ?? []),
    found_by: spec.found_by,
    priceProvider: kind.prices,
    flatPrice: spec.flatPrice ?? (kind.is_local && isThisMachine(baseUrl) ? freePrice : null),
    models: spec.models,
    quirks: kind.quirks,
    quotas: kind.quotas ?? "openai",
    timeouts: spec.timeouts ?? {},
    sendsTraceparent: spec.sendsTraceparent ?? isOwnServer(spec.kind),
    ...(spec.fetch && { fetch: spec.fetch }),
    toJSON: () => view,
  };
}

/** Public vendors have no use for the ids of a trace, which would tie one person's calls together for them. */
function isOwnServer(kind: VendorKindName): boolean {
  return vendorKind(kind).is_local === true || kind === "openai-compatible";
}

function isThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}
