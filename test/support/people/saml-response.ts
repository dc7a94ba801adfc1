// Answers of a SAML provider, made by hand so that each part of them can be wrong.
import { SamlLib } from "samlify";
import type { SigningPair } from "./certificate.ts";

export interface SamlAnswer {
  issuer: string;
  audience: string;
  recipient: string;
  /** The request that is answered; left out where none is. */
  inResponseTo?: string | undefined;
  user?: string;
  groups?: string[];
  id?: string;
  issuedAt?: Date;
  validForMs?: number;
  method?: string;
}

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const TRANSFORMS = ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#"];
const NAMESPACES =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

/** Signed by nobody yet. */
export function assertionXml(answer: SamlAnswer): string {
  const { issuer, audience, recipient, user = "ada@example.com", groups = [], method = "bearer" } = answer;
  const issued = answer.issuedAt ?? new Date();
  const [at, until] = [issued.toISOString(), new Date(issued.getTime() + (answer.validForMs ?? 120_000)).toISOString()];
  const to = answer.inResponseTo === undefined ? "" : ` InResponseTo="${answer.inResponseTo}"`;
  const values = groups.map((group) => `<saml:AttributeValue>${group}</saml:AttributeValue>`).join("");
  return (
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${answer.id ?? `_a${crypto.randomUUID()}`}" Version="2.0" IssueInstant="${at}">` +
    `<saml:Issuer>${issuer}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${user}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}"><saml:SubjectConfirmationData Recipient="${recipient}" NotOnOrAfter="${until}"${to}/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${at}" SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
    (values === ""
      ? ""
      : `<saml:AttributeStatement><saml:Attribute Name="groups">${values}</saml:Attribute></saml:AttributeStatement>`) +
    `</saml:Assertion>`
  );
}

export function responseXml(
  { issuer, recipient, inResponseTo, issuedAt = new Date() }: SamlAnswer,
  inner: string,
): string {
  const to = inResponseTo === undefined ? "" : ` InResponseTo="${inResponseTo}"`;
  return (
    `<samlp:Response ${NAMESPACES} ID="_r${crypto.randomUUID()}" Version="2.0" IssueInstant="${issuedAt.toISOString()}" Destination="${recipient}"${to}>` +
    `<saml:Issuer>${issuer}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${inner}</samlp:Response>`
  );
}

/** Signs the assertion within a response, or the whole of it. */
export function sign(xml: string, what: "Assertion" | "Response", { privateKey, certificate }: SigningPair): string {
  const path =
    what === "Response" ? "/*[local-name(.)='Response']" : "/*[local-name(.)='Response']/*[local-name(.)='Assertion']";
  const signed = SamlLib.constructSAMLSignature({
    rawSamlMessage: xml,
    referenceTagXPath: path,
    privateKey,
    signatureAlgorithm: RSA_SHA256,
    transformationAlgorithms: TRANSFORMS,
    signingCert: certificate.replace(/-----[A-Z ]+-----|\s/g, ""),
    isBase64Output: false,
    signatureConfig: { prefix: "ds", location: { reference: `${path}/*[local-name(.)='Issuer']`, action: "after" } },
  });
  return signed;
}

export const encode = (xml: string): string => Buffer.from(xml).toString("base64");
