// Bedrock's address and credentials: a region's, by an access key that signs or by a bearer token, from the config or from the
// variables that Amazon's own tools read.
import { resolveSecret, type World } from "../../../kernel/index.ts";
import type { SecretSources } from "../../../kernel/index.ts";
import type { VendorConfig } from "../../config.ts";
import { type Credential, keyCredential } from "../credentials.ts";
import { accessKeyCredential } from "./sign-request.ts";

export interface BedrockSources extends SecretSources {
  world: Pick<World, "nowMs">;
}

const USUAL_REGION = "us-east-1";
const BEARER = "AWS_BEARER_TOKEN_BEDROCK";

export function bedrockUrl(region: string): string {
  // China is a world of its own.
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://bedrock-runtime.${region}.${domain}`;
}

export function bedrockRegion(configured: string | undefined, sources: BedrockSources): string {
  return configured ?? regionIn(sources) ?? USUAL_REGION;
}

export function bedrockCredentials(config: VendorConfig, sources: BedrockSources): Credential[] {
  const region = bedrockRegion(config.region, sources);
  const secret = (ref: string): string => resolveSecret(ref, sources);
  const { access_key_id: id, secret_access_key: key, session_token: token, base_url } = config;
  const tokens = [...(config.api_key === undefined ? [] : [config.api_key]), ...(config.api_keys ?? [])];
  const bearers = tokens.map((ref) => keyCredential(ref, { key: secret(ref), scheme: "bearer" }));
  if (id !== undefined && key !== undefined) {
    const sessionToken = token === undefined ? undefined : secret(token);
    const pair = { accessKeyId: secret(id), secretAccessKey: secret(key), sessionToken };
    return [accessKeyCredential(id, pair, { region, world: sources.world }), ...bearers];
  }
  if (bearers.length > 0) return bearers;
  // The usual variables hold keys for the usual address; another server must not be shown them.
  const found = base_url === undefined ? credentialFromEnvironment(sources, region) : undefined;
  return found ? [found.credential] : [];
}

export interface FoundCredential {
  credential: Credential;
  /** The variable that it was found by. */
  foundBy: string;
  /** Undefined for an access key, which is never sent. */
  bearer?: string;
}

/** A bearer token before an access key, as Amazon's SDKs have it. */
export function credentialFromEnvironment(sources: BedrockSources, region: string): FoundCredential | undefined {
  const bearer = variable(BEARER, sources);
  if (bearer !== undefined)
    return { credential: keyCredential(`env:${BEARER}`, { key: bearer, scheme: "bearer" }), foundBy: BEARER, bearer };
  const accessKeyId = variable("AWS_ACCESS_KEY_ID", sources);
  const secretAccessKey = variable("AWS_SECRET_ACCESS_KEY", sources);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const key = { accessKeyId, secretAccessKey, sessionToken: variable("AWS_SESSION_TOKEN", sources) };
  const credential = accessKeyCredential("env:AWS_ACCESS_KEY_ID", key, { region, world: sources.world });
  return { credential, foundBy: "AWS_ACCESS_KEY_ID" };
}

/** Whoever has an access key for other purposes has not said where; whoever has a bearer token means Bedrock. */
export function findBedrock(sources: BedrockSources): (FoundCredential & { base_url: string }) | undefined {
  const region = regionIn(sources);
  const found = credentialFromEnvironment(sources, region ?? USUAL_REGION);
  if (!found || (found.bearer === undefined && region === undefined)) return undefined;
  const moved = variable("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", sources);
  if (moved !== undefined && !URL.canParse(moved)) return undefined;
  return { ...found, base_url: moved ?? bedrockUrl(region ?? USUAL_REGION) };
}

function regionIn(sources: BedrockSources): string | undefined {
  return variable("AWS_REGION", sources) ?? variable("AWS_DEFAULT_REGION", sources);
}

function variable(name: string, { env }: BedrockSources): string | undefined {
  return env[name]?.trim() || undefined;
}
