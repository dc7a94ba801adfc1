// A service provider with one SAML provider that it believes, and what an attacker has: good answers, and another key.
import { makeSigningPair, type SigningPair } from "../../../test/support/people/certificate.ts";
import {
  assertionXml,
  encode,
  responseXml,
  type SamlAnswer,
  sign,
} from "../../../test/support/people/saml-response.ts";
import type { TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { createOnceStore } from "../store/once-store.ts";
import { samlConfigSchema } from "./config.ts";
import { createSaml, type SamlReturned } from "./saml.ts";

export const ORIGIN = "https://binnacle.example.com";
export const ISSUER = "https://idp.example.com/metadata";
export const RECIPIENT = `${ORIGIN}/api/sign-in/saml/house/callback`;
export const AUDIENCE = `${ORIGIN}/api/sign-in/saml/house/metadata`;
export const BROWSER = "a browser";

export const genuine: SigningPair = makeSigningPair();
export const attacker: SigningPair = makeSigningPair("test provider");

export function createHouse(database: TestDatabase, more: object = {}) {
  const config = samlConfigSchema.parse({
    providers: [
      {
        name: "house",
        entry_point: "https://idp.example.com/sso",
        idp_issuer: ISSUER,
        certificates: [genuine.certificate],
        ...more,
      },
    ],
  });
  const saml = createSaml(config, {
    once: createOnceStore(database.storage, 1000),
    world: createWorld(),
    withDatabase: (ask) => ask(),
    secrets: { env: {}, readFile: () => "" },
    secret: "secret",
  });
  return {
    saml,
    /** A sign-in that is under way in the browser. */
    async begin(): Promise<{ relay: string; requestId: string }> {
      const { url } = await saml.begin("house", { origin: ORIGIN, browser: BROWSER, returnTo: "/#/calls" });
      const { searchParams } = new URL(url);
      const request = new TextDecoder().decode(
        Bun.inflateSync(Buffer.from(searchParams.get("SAMLRequest") ?? "", "base64")),
      );
      return { relay: searchParams.get("RelayState") ?? "", requestId: / ID="([^"]+)"/.exec(request)?.[1] ?? "" };
    },
    /** Posts it, and goes on in the same browser. */
    async bring(xml: string, relay?: string, browser: string | undefined = BROWSER): Promise<SamlReturned> {
      const code = await saml.arrive("house", { response: encode(xml), relay, origin: ORIGIN });
      return saml.finish("house", { code, browser });
    },
  };
}

export const answerTo = (requestId: string | undefined, more: Partial<SamlAnswer> = {}): SamlAnswer => ({
  issuer: ISSUER,
  audience: AUDIENCE,
  recipient: RECIPIENT,
  inResponseTo: requestId,
  ...more,
});

/** As the provider would make it. */
export function signedResponse(answer: SamlAnswer, pair: SigningPair = genuine): string {
  return sign(responseXml(answer, assertionXml(answer)), "Assertion", pair);
}
