// Which vendors there are: those in the config, and those whose usual variables are set in the environment.
import { resolveSecret, type SecretSources, type World } from "../../kernel/index.ts";
import type { ProvidersConfig, VendorConfig } from "../config.ts";
import { bedrockCredentials, bedrockRegion, bedrockUrl, findBedrock } from "./amazon/bedrock.ts";
import { type Credential, keyCredential } from "./credentials.ts";
import { readServiceAccount, serviceAccountCredential, workloadIdentityCredential } from "./google/access-token.ts";
import { type VendorKindName, vendorKind, vendorKindNames } from "./table.ts";
import { createVendor, freePrice, type Vendor, type VendorTimeouts } from "./vendor.ts";

export interface VendorSources extends SecretSources {
  world: Pick<World, "nowMs" | "fetch">;
  /** Model names of a kind, from the catalogue. */
  modelsOf(kind: VendorKindName): readonly string[];
  /**
   * Says that an address or a key from the environment is this program's own. People point OPENAI_BASE_URL at the
   * gateway for their programs; read here, it would make the gateway call itself.
   */
  isOwn?(found: { base_url: string; apiKey: string | undefined }): boolean;
}

/** In the order of the config, then of the table. A name in the config hides the vendor of that name in the environment. */
export function readVendors(config: ProvidersConfig, sources: VendorSources): Vendor[] {
  const configured = Object.entries(config.vendors).map(([name, vendor]) => fromConfig(name, vendor, sources));
  const names = new Set(configured.map(({ name }) => name));
  const found = config.find_in_environment ? vendorKindNames.flatMap((kind) => fromEnvironment(kind, sources)) : [];
  return [...configured, ...found.filter(({ name }) => !names.has(name))];
}

function fromConfig(name: string, config: VendorConfig, sources: VendorSources): Vendor {
  return createVendor({
    name,
    kind: config.kind,
    base_url: config.base_url ?? addressOf(config, sources),
    credentials: readCredentials(config, sources),
    found_by: "config",
    flatPrice: config.price === "free" ? freePrice : undefined,
    dialects: config.dialects,
    models: config.models ?? sources.modelsOf(config.kind),
    timeouts: timeoutsFrom(config.timeouts),
    sendsTraceparent: config.send_traceparent,
  });
}

/** The schema makes sure of one in the config where nothing else has it. */
function addressOf({ kind, region }: VendorConfig, sources: VendorSources): string {
  return kind === "bedrock" ? bedrockUrl(bedrockRegion(region, sources)) : (vendorKind(kind).base_url ?? "");
}

function readCredentials(config: VendorConfig, sources: VendorSources): Credential[] {
  const { key_env, key_scheme: scheme = "bearer", cloud, base_url: usual } = vendorKind(config.kind);
  if (cloud === "bedrock") return bedrockCredentials(config, sources);
  if (cloud === "vertex") return [googleCredential(config, sources)];
  const named = [...(config.api_key === undefined ? [] : [config.api_key]), ...(config.api_keys ?? [])];
  if (named.length > 0) return named.map((ref) => keyCredential(ref, { key: resolveSecret(ref, sources), scheme }));
  // The usual variable holds a key for the usual address; another server must not be shown it. Where there is no usual address
  // (Azure), it is for the one that the operator gave.
  const isUsual = config.base_url === undefined || usual === null;
  const key = isUsual && key_env !== null ? sources.env[key_env]?.trim() : undefined;
  return key ? [keyCredential(`env:${key_env}`, { key, scheme })] : [];
}

function googleCredential({ service_account: ref }: VendorConfig, sources: VendorSources): Credential {
  if (ref === undefined) return workloadIdentityCredential(sources.world);
  return serviceAccountCredential(ref, readServiceAccount(ref, resolveSecret(ref, sources)), sources.world);
}

function timeoutsFrom({ first_byte, idle, total }: VendorConfig["timeouts"]): VendorTimeouts {
  return {
    ...(first_byte !== undefined && { firstByteMs: first_byte }),
    ...(idle !== undefined && { idleMs: idle }),
    ...(total !== undefined && { totalMs: total }),
  };
}

function fromEnvironment(kindName: VendorKindName, sources: VendorSources): Vendor[] {
  const kind = vendorKind(kindName);
  if (kindName === "bedrock") return bedrockFromEnvironment(sources);
  if (kind.base_url === null || kind.key_env === null) return [];
  const apiKey = sources.env[kind.key_env]?.trim() || undefined;
  const moved = (kind.base_url_env && sources.env[kind.base_url_env]?.trim()) || undefined;
  if (apiKey === undefined && moved === undefined) return [];
  if (moved !== undefined && !URL.canParse(moved)) return [];
  const baseUrl = moved ?? kind.base_url;
  if (sources.isOwn?.({ base_url: baseUrl, apiKey })) return [];
  // Somebody else's server at a moved address has other models, and nothing says what they cost.
  const isElsewhere = new URL(baseUrl).host !== new URL(kind.base_url).host;
  const scheme = kind.key_scheme ?? "bearer";
  const actual = isElsewhere ? "openai-compatible" : kindName;
  return [
    createVendor({
      name: kindName,
      kind: actual,
      base_url: baseUrl,
      credentials: apiKey === undefined ? [] : [keyCredential(`env:${kind.key_env}`, { key: apiKey, scheme })],
      found_by: moved === undefined ? kind.key_env : (kind.base_url_env ?? kind.key_env),
      models: sources.modelsOf(actual),
    }),
  ];
}

function bedrockFromEnvironment(sources: VendorSources): Vendor[] {
  const found = findBedrock(sources);
  if (!found || sources.isOwn?.({ base_url: found.base_url, apiKey: found.bearer })) return [];
  return [
    createVendor({
      name: "bedrock",
      kind: "bedrock",
      base_url: found.base_url,
      credentials: [found.credential],
      found_by: found.foundBy,
      models: sources.modelsOf("bedrock"),
    }),
  ];
}
