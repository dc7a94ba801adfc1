// A real provider of OpenID Connect on this machine: oidc-provider, with its own pages to sign in and to agree.
import { createServer } from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

export interface OidcIdp {
  issuer: string;
  /** By what is typed in as the name there. */
  accounts: Map<string, { email: string; groups: string[] }>;
  /** Opens it to a client at this origin. */
  serve(origin: string): Promise<Provider>;
  /** As when its machine goes down. */
  close(): Promise<void>;
}

export const OIDC_CLIENT = { id: "binnacle", secret: "a secret of sixteen and more" };

export async function startOidcIdp(): Promise<OidcIdp> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const accounts: OidcIdp["accounts"] = new Map();
  return {
    issuer,
    accounts,
    async serve(origin) {
      const provider = await createProvider(issuer, origin, accounts);
      server.on("request", provider.callback());
      return provider;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function createProvider(issuer: string, origin: string, accounts: OidcIdp["accounts"]): Promise<Provider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        redirect_uris: [`${origin}/api/sign-in/oidc/corp/callback`],
        backchannel_logout_uri: `${origin}/api/sign-in/oidc/corp/logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "one" }] },
    cookies: { keys: ["for tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["groups"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    findAccount: (_context, id) => {
      const account = accounts.get(id) ?? { email: `${id}@example.com`, groups: [] };
      return { accountId: id, claims: () => ({ sub: id, email_verified: true, ...account }) };
    },
  });
}
