// Machines and identity providers: those that come without a key of ours, with tokens of issuers that the config names or
// client certificates; and those
// that provision people.
import type { IdentityConfig } from "./config.ts";
import { createTokens, type Tokens, type TokensDeps } from "./jwt/tokens.ts";
import { type Certificates, createCertificates } from "./mtls/certificates.ts";
import { createScim, type Scim, type ScimDeps } from "./scim/scim.ts";

export interface Machines {
  tokens: Tokens;
  certificates: Certificates;
  scim: Scim;
}

export type MachinesDeps = Omit<TokensDeps & ScimDeps, "governance"> & {
  governance: TokensDeps["governance"] & ScimDeps["governance"];
};

export function createMachines(config: Pick<IdentityConfig, "jwt" | "mtls" | "scim">, deps: MachinesDeps): Machines {
  return {
    tokens: createTokens(config.jwt, deps),
    certificates: createCertificates(config.mtls, deps),
    scim: createScim(config.scim, deps),
  };
}
