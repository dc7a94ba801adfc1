// Machines that come without a key of ours: with tokens of issuers that the config names.
import type { IdentityConfig } from "./config.ts";
import { createTokens, type Tokens, type TokensDeps } from "./jwt/tokens.ts";

export interface Machines {
  tokens: Tokens;
}

export type MachinesDeps = TokensDeps;

export function createMachines(config: Pick<IdentityConfig, "jwt">, deps: MachinesDeps): Machines {
  return { tokens: createTokens(config.jwt, deps) };
}
