// A SAML identity provider on this machine, made with samlify: it reads our request, asks for a name, and posts a signed answer.
import { setSchemaValidator, IdentityProvider, ServiceProvider } from "samlify";
import type { SigningPair } from "./certificate.ts";
import { assertionXml, encode, responseXml, sign } from "./saml-response.ts";

export interface SamlIdp {
  entryPoint: string;
  issuer: string;
  /** Opens it to a service provider with this metadata. */
  serve(metadata: string): void;
  groups: Map<string, string[]>;
  close(): Promise<void>;
}

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const page = (body: string): Response =>
  new Response(`<!doctype html><title>Provider</title>${body}`, { headers: { "content-type": "text/html" } });
const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

export function startSamlIdp(pair: SigningPair): SamlIdp {
  // Schemas need a validator of XML Schema, which is none of this test's business.
  setSchemaValidator({ validate: () => Promise.resolve("skipped") });
  const groups: SamlIdp["groups"] = new Map();
  let sp: ReturnType<typeof ServiceProvider> | undefined;
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => serve(request) });
  const issuer = `http://127.0.0.1:${server.port}/metadata`;
  const entryPoint = `http://127.0.0.1:${server.port}/sso`;
  const idp = IdentityProvider({
    entityID: issuer,
    signingCert: pair.certificate,
    privateKey: pair.privateKey,
    singleSignOnService: [{ Binding: REDIRECT, Location: entryPoint }],
  });

  async function serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!sp || url.pathname !== "/sso") return new Response("not here", { status: 404 });
    if (request.method === "GET") {
      const query = Object.fromEntries(url.searchParams);
      const { extract } = await idp.parseLoginRequest(sp, "redirect", { query });
      const { id } = (extract as { request: { id: string } }).request;
      const hidden = `<input type=hidden name=id value="${escape(id)}"><input type=hidden name=relay value="${escape(query["RelayState"] ?? "")}">`;
      return page(`<form method=post><input name=user aria-label=User>${hidden}<button>Go</button></form>`);
    }
    const form = await request.formData();
    const user = String(form.get("user"));
    const recipient = String(sp.entityMeta.getAssertionConsumerService("post"));
    const answer = {
      issuer,
      recipient,
      audience: sp.entityMeta.getEntityID(),
      inResponseTo: String(form.get("id")),
      user,
      groups: groups.get(user) ?? [],
    };
    const xml = sign(responseXml(answer, assertionXml(answer)), "Assertion", pair);
    return page(
      `<form method=post action="${escape(recipient)}"><input type=hidden name=SAMLResponse value="${encode(xml)}">` +
        `<input type=hidden name=RelayState value="${escape(String(form.get("relay")))}"><button>Back to Binnacle</button></form>`,
    );
  }

  return {
    entryPoint,
    issuer,
    groups,
    serve(metadata) {
      sp = ServiceProvider({ metadata });
    },
    close: () => server.stop(true),
  };
}
