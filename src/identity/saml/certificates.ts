// A provider's signing certificates, as the config has them: PEM, bare base64, or a file.
import { X509Certificate } from "node:crypto";
import { resolveSecret, type SecretSources } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import type { SamlProviderConfig } from "./config.ts";

/** Throws `identity.bad_secret`. */
export function readCertificates({ name, certificates }: SamlProviderConfig, secrets: SecretSources): string[] {
  return certificates.map((each) => {
    try {
      const text = /^(file|env):/.test(each) ? resolveSecret(each, secrets) : each;
      const pem = text.includes("-----BEGIN")
        ? text
        : `-----BEGIN CERTIFICATE-----\n${text.replace(/\s+/g, "").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
      return new X509Certificate(pem).toString();
    } catch (cause) {
      const why = `a certificate cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw identityErrors.bad_secret({ name, why }, cause);
    }
  });
}
