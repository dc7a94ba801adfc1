// Machines that come with a token of an issuer that the config names: a JWT is verified once, then known by its hash until it
// expires or its issuer's keys change. What the token's own head says of where keys are (jku, x5u, jwk) is not looked at.
import { type CryptoKey, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import type { Governance, Principal } from "../../governance/index.ts";
import { createGate, isAppError, type World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import { findGrant } from "../grants/find-grant.ts";
import { algorithmNames, type IssuerConfig, type JwtConfig } from "./config.ts";
import { createIssuerKeys, type IssuerKeys } from "./issuer-keys.ts";

export interface Tokens {
  /** Whether a credential is a token at all, and any issuer is believed. */
  isToken(text: string): boolean;
  /** Throws `identity.token_refused`, `identity.token_without_grant`, `identity.issuer_down`, and what governance throws. */
  identify(token: string): Promise<Principal>;
}

export interface TokensDeps {
  world: Pick<World, "fetchPublic" | "monotonicMs" | "nowMs" | "log">;
  governance: Pick<Governance, "identify">;
}

interface Issuer {
  config: IssuerConfig;
  keys: IssuerKeys;
}

interface Verified {
  claims: JWTPayload;
  issuer: Issuer;
  keysVersion: number | undefined;
  expiresAtMs: number;
}

/** Of what a JSON object begins with, in base64. */
const PREFIX = "eyJ";
const TYPES: ReadonlySet<unknown> = new Set([undefined, "JWT", "jwt", "at+jwt", "application/at+jwt"]);
const SUBJECT_LENGTH_MAX = 500;
const RETRY_AFTER_MS = 1000;

export function createTokens(config: JwtConfig, deps: TokensDeps): Tokens {
  const { world, governance } = deps;
  const issuers = new Map<string, Issuer>(
    config.issuers.map((each) => [each.issuer, { config: each, keys: createIssuerKeys(each, config, world) }]),
  );
  const verified = new LRUCache<string, Verified>({ max: config.known_max });
  const verifying = createGate(config.verifying_max);

  async function verify(token: string): Promise<Verified> {
    const { kid, alg } = readHead(token);
    const issuer = issuers.get(readIssuer(token));
    if (!issuer) throw refused("its issuer is not one of those that are believed here");
    if (!issuer.config.algorithms.some((each) => each === alg))
      throw refused(`it is signed by ${JSON.stringify(alg.slice(0, 20))}, which is not believed of its issuer`);
    const key = await issuer.keys.find({ kid, alg });
    const keysVersion = issuer.keys.version();
    const claims = await checkToken(token, key, { issuer: issuer.config, config, nowMs: world.nowMs() });
    return { claims, issuer, keysVersion, expiresAtMs: (claims.exp ?? 0) * 1000 + config.clock_skew };
  }

  async function verifyInTurn(token: string): Promise<Verified> {
    if (!verifying.tryEnter())
      throw identityErrors.verifying_full({ max: config.verifying_max, retryAfterMs: RETRY_AFTER_MS });
    try {
      return await verify(token);
    } finally {
      verifying.leave();
    }
  }

  function principalOf({ claims, issuer }: Verified): Principal {
    const subject = textClaim(claims, issuer.config.subject_claim);
    if (subject === undefined || subject.length > SUBJECT_LENGTH_MAX || /\p{Cc}/u.test(subject))
      throw refused("it does not say who comes with it, or in no way that could be written down");
    const grant = findGrant(issuer.config.grants, claims);
    if (!grant) throw identityErrors.token_without_grant({ name: issuer.config.name, subject });
    const { user_claim, team_claim, project_claim } = issuer.config;
    return governance.identify.service({
      name: `${issuer.config.name}/${subject}`,
      roles: grant.roles,
      organisation: grant.organisation,
      user: textClaim(claims, user_claim) ?? grant.user ?? null,
      team: textClaim(claims, team_claim) ?? grant.team ?? null,
      project: textClaim(claims, project_claim) ?? grant.project ?? null,
      models: grant.models ?? null,
    });
  }

  return {
    isToken: (text) => issuers.size > 0 && text.startsWith(PREFIX),
    async identify(token) {
      if (token.length > config.token_bytes_max) throw refused(`it is longer than ${config.token_bytes_max} bytes`);
      const hash = Bun.CryptoHasher.hash("sha256", token, "base64");
      const last = verified.get(hash);
      if (last && isGood(last, world.nowMs())) return principalOf(last);
      const now = await verifyInTurn(token);
      verified.set(hash, now);
      return principalOf(now);
    },
  };
}

function isGood({ expiresAtMs, keysVersion, issuer }: Verified, nowMs: number): boolean {
  return expiresAtMs > nowMs && keysVersion !== undefined && keysVersion === issuer.keys.version();
}

const refused = (why: string): Error => identityErrors.token_refused({ why });

/** Before anything is believed: which key it is said to be signed with. */
function readHead(token: string): { kid: string | undefined; alg: string } {
  let head: ReturnType<typeof decodeProtectedHeader>;
  try {
    head = decodeProtectedHeader(token);
  } catch (cause) {
    throw identityErrors.token_refused({ why: "it is not a JWT" }, cause);
  }
  const { kid, alg, typ } = head;
  if (typeof alg !== "string" || !algorithmNames.some((each) => each === alg))
    throw refused("it is not signed with a key pair");
  if (!TYPES.has(typ)) throw refused("it is a token for something else");
  return { kid: typeof kid === "string" ? kid : undefined, alg };
}

/** Unverified: good for finding out whose keys to verify it with, and for nothing else. */
function readIssuer(token: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return claims !== null && typeof claims === "object" && "iss" in claims ? String(claims.iss) : "";
  } catch {
    return "";
  }
}

interface Checking {
  issuer: IssuerConfig;
  config: JwtConfig;
  nowMs: number;
}

async function checkToken(token: string, key: CryptoKey, { issuer, config, nowMs }: Checking): Promise<JWTPayload> {
  const skewSeconds = config.clock_skew / 1000;
  try {
    const { payload } = await jwtVerify(token, key, {
      issuer: issuer.issuer,
      audience: issuer.audiences,
      algorithms: issuer.algorithms,
      clockTolerance: skewSeconds,
      requiredClaims: ["exp"],
      currentDate: new Date(nowMs),
    });
    const nowSeconds = nowMs / 1000;
    const { exp = 0, iat } = payload;
    if (iat !== undefined && iat > nowSeconds + skewSeconds) throw refused("it says that it was made in the future");
    if (exp - (iat ?? nowSeconds) > issuer.lifetime_max / 1000) throw refused("it is good for longer than is allowed");
    return payload;
  } catch (error) {
    if (isAppError(error)) throw error;
    throw identityErrors.token_refused({ why: whyOf(error) }, error);
  }
}

function whyOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "it has expired";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "nbf") return "it is not yet valid";
    return `its claim ${JSON.stringify(error.claim)} is not as it must be`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return "its signature is wrong";
  return "it does not hold";
}

function textClaim(claims: JWTPayload, name: string | undefined): string | undefined {
  if (name === undefined || !Object.hasOwn(claims, name)) return undefined;
  const value = claims[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
