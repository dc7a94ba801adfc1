// What can be wrong with keys, erasures and holds, and what its reader is told.
import { defineErrors } from "../kernel/index.ts";

export const vaultErrors = defineErrors("vault", {
  bad_master_key: (p: { why: string }) => ({
    status: 500,
    message: `The vault's master key is no good: ${p.why}.`,
    fix: "Give 32 bytes as 64 hex digits or in base64, such as `openssl rand -base64 32` prints.",
  }),
  wrong_master_key: (p: { version: number }) => ({
    status: 500,
    message: `The master key does not open wrapping key ${p.version}: what was sealed could not be read.`,
    fix: "Restore the master key that was in use, or name it in vault.former_master_keys beside the new one.",
  }),
  kms_unavailable: (p: { why: string }) => ({
    status: 503,
    retry: "later",
    message: `The key management service does not do its part: ${p.why}.`,
    fix: "See that vault.kms.url, its key and its token are right and that it runs; keys that are at hand go on being used.",
  }),
  unavailable: () => ({
    status: 503,
    retry: "later",
    message: "Data keys are in PostgreSQL, which does not answer.",
    fix: "Try again in a moment; `binnacle status` shows the state of the database.",
  }),
  unreadable: (p: { place: string }) => ({
    status: 500,
    message: `What is sealed at ${p.place} does not open: it was altered, or moved there from another place.`,
    fix: "Compare with a backup; `binnacle audit verify` tells whether the record was altered too.",
  }),
  on_hold: (p: { hold: string; reason: string }) => ({
    status: 409,
    message: `Some of this data is under the legal hold ${p.hold} (${p.reason}).`,
    fix: "Lift the hold first, if that may be: `binnacle vault lift`.",
  }),
  nothing_to_erase: () => ({
    status: 404,
    message: "There is nothing of such data: neither keys nor texts, or all went before.",
    fix: "Look at the name: `binnacle calls list --filter user:…` shows how it stands on records.",
  }),
  unknown_hold: (p: { id: string }) => ({
    status: 404,
    message: `There is no legal hold ${JSON.stringify(p.id)}.`,
    fix: "See `binnacle vault holds`.",
  }),
});
