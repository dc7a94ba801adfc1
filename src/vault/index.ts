// The vault: stored content sealed, keys destroyed on request, data held where the law says so.
export { createVault, type Vault, type VaultDeps } from "./vault.ts";
export { type VaultConfig, vaultConfigSchema } from "./config.ts";
export { isGenuine } from "./certificate.ts";
export { vaultErrors } from "./errors.ts";
export { vaultMigrations } from "./migrations/index.ts";
export type { DataSubject, ErasureCertificate, LegalHold, VaultState } from "./contract.ts";
