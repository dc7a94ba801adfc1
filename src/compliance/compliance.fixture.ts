// Sources with nothing in them, for tests to put something into.
import type { Sources } from "./sources.ts";

const none = { items: [], is_cut: false };

export function emptySources(changes: Partial<Sources> = {}): Sources {
  return {
    keys: async () => none,
    people: async () => none,
    policies: { active: () => ({ source: "shipped", number: null, policies: 13, two_persons: false }) },
    trail: {
      list: async () => none,
      tally: async () => [],
      state: async () => ({
        origin: "test/1",
        size: 0,
        waiting: 0,
        gaps: 0,
        fault: null,
        checkpoint: null,
        signed_at_ms: null,
        keys: [],
        witnesses: [],
      }),
      verify: async () => ({ ok: true, entries: 0, findings: [], more: 0 }),
    },
    approvals: async () => none,
    switches: async () => [],
    guardrails: () => [],
    findings: async () => none,
    retention: async () => ({
      records_ms: 400 * 86_400_000,
      bodies_ms: 90 * 86_400_000,
      overrides: [],
      disk_max_bytes: null,
      stores_bodies: true,
      sweeps: [],
    }),
    vault: {
      state: async () => ({
        enabled: false,
        master: null,
        wrapping_version: null,
        keys: 0,
        destroyed_keys: 0,
        to_rewrap: 0,
        clear_text: "none",
      }),
      erasures: async () => [],
      holds: async () => [],
    },
    incidents: {
      rules: async () => [],
      history: async () => none,
      open: async () => [],
      crossings: async () => [],
    },
    disclosures: { sent: async () => none, places: async () => new Map() },
    records: {
      calls: async () => ({ records: 0, failed: 0, refused: 0 }),
      state: async () => ({ pending_records: 0, lag_ms: 0, journal_bytes: 0, last_error: null }),
    },
    ...changes,
  };
}
