// Who comes from a provider: by the claims of the ID token, and of the user info where the token does not say enough.
import * as openid from "openid-client";
import type { Arrival } from "../people/people.ts";
import type { OidcProviderConfig } from "./config.ts";

const GROUPS_MAX = 5000;

export async function readArrival(
  config: OidcProviderConfig,
  configuration: openid.Configuration,
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
): Promise<{ arrival: Arrival; session: string | undefined }> {
  const claims = tokens.claims();
  if (!claims) throw new Error("it gave no ID token");
  const needed = [config.user_claim, ...(Object.keys(config.groups).length > 0 ? [config.groups_claim] : [])];
  const isEnough = needed.every((name) => claims[name] !== undefined);
  const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const more = isEnough || !hasMore ? {} : await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  const all: Record<string, unknown> = { ...more, ...claims };
  // Whoever may write any address into an account could be anybody by it.
  const isUnproven = config.user_claim === "email" && all["email_verified"] === false;
  const user = all[config.user_claim];
  return {
    arrival: {
      provider: `oidc:${config.name}`,
      name: config.name,
      subject: claims.sub,
      user: typeof user === "string" && !isUnproven ? user : undefined,
      groups: groupsIn(all[config.groups_claim]),
    },
    session: typeof claims["sid"] === "string" ? claims["sid"] : undefined,
  };
}

function groupsIn(claim: unknown): string[] {
  if (typeof claim === "string") return [claim];
  return Array.isArray(claim) ? claim.filter((each) => typeof each === "string").slice(0, GROUPS_MAX) : [];
}
