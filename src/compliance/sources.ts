// What collectors ask of the rooms below: small faces with facts, filled in gathering/. They know none of those rooms, and every question
// has a bound.

/** The first of many, and whether there are more. */
export interface Some<Fact> {
  items: readonly Fact[];
  is_cut: boolean;
}

export interface Period {
  since_ms: number;
  /** Exclusive. */
  until_ms: number;
}

export interface KeyFact {
  id: string;
  name: string;
  user: string | null;
  organisation: string;
  /** Or scopes, where it has no roles. */
  roles: readonly string[];
  created_at_ms: number;
  last_used_at_ms: number | null;
  expires_at_ms: number | null;
  revoked_at_ms: number | null;
  disabled: boolean;
}

export interface PersonFact {
  name: string;
  organisation: string;
  roles: readonly string[];
  teams: readonly string[];
  disabled: boolean;
}

export interface TrailEntry {
  id: string;
  at_ms: number;
  action: string;
  actor: { kind: string; id: string | null; name: string | null; organisation: string };
  on_behalf_of: string | null;
  resource: { type: string; id: string | null };
  organisation: string;
  outcome: string;
  policies: readonly string[];
  details: Readonly<Record<string, unknown>> | null;
}

export interface TrailTally {
  action: string;
  outcome: string;
  count: number;
}

export interface TrailQuery extends Period {
  limit: number;
  outcome?: "ok" | "refused" | "failed";
  /** Not those of single calls. */
  without_calls?: boolean;
}

export interface TrailFacts {
  list(query: TrailQuery): Promise<Some<TrailEntry>>;
  /** Exact, however many there are. */
  tally(period: Period): Promise<readonly TrailTally[]>;
  state(): Promise<{
    origin: string | null;
    size: number;
    waiting: number;
    gaps: number;
    fault: string | null;
    checkpoint: string | null;
    signed_at_ms: number | null;
    keys: readonly string[];
    witnesses: readonly { name: string; size: number; last_error: string | null }[];
  }>;
  verify(): Promise<{ ok: boolean; entries: number; findings: readonly { kind: string }[]; more: number }>;
}

export interface ApprovalFact {
  id: string;
  state: string;
  what: string;
  action: string;
  resource: { type: string; id: string };
  organisation: string;
  asked_by: string;
  created_at_ms: number;
  settled_at_ms: number | null;
  settled_by: string | null;
  on_silence: string;
  votes: readonly { by: string; decision: string; at_ms: number; is_own: boolean }[];
}

export interface SwitchFact {
  id: string;
  kind: string;
  name: string;
  reason: string;
  thrown_at_ms: number;
  thrown_by: string;
  lifted_at_ms: number | null;
  lifted_by: string | null;
}

export interface GuardrailFact {
  name: string;
  checks: readonly { kind: string; mode: string }[];
}

export interface FindingCount {
  /** The guardrail. */
  name: string;
  kind: string;
  outcome: string;
  side: string;
  vendor: string | null;
  count: number;
}

export interface RetentionFacts {
  records_ms: number;
  bodies_ms: number;
  overrides: readonly { what: string; records_ms: number | null; bodies_ms: number | null }[];
  disk_max_bytes: number | null;
  stores_bodies: boolean;
  sweeps: readonly { at_ms: number; part: string; day: string | null; why: string; rows: number; bytes: number }[];
}

export interface ErasureFact {
  id: string;
  at_ms: number;
  subject: string;
  reason: string;
  keys_destroyed: number;
  records: number;
  by: string;
  is_genuine: boolean;
}

export interface HoldFact {
  id: string;
  subject: Readonly<Record<string, string>>;
  reason: string;
  by: string;
  made_at_ms: number;
  lifted_at_ms: number | null;
}

export interface VaultFacts {
  state(): Promise<{
    enabled: boolean;
    master: string | null;
    wrapping_version: number | null;
    keys: number;
    destroyed_keys: number;
    to_rewrap: number;
    clear_text: string;
  }>;
  erasures(limit: number): Promise<readonly ErasureFact[]>;
  holds(limit: number): Promise<readonly HoldFact[]>;
}

export interface AlertFact {
  at_ms: number;
  rule: string;
  kind: string;
  severity: string;
  labels: Readonly<Record<string, string>>;
  to: string;
}

export interface IncidentFacts {
  rules(): Promise<readonly { name: string; kind: string; enabled: boolean }[]>;
  history(query: Period & { limit: number }): Promise<Some<AlertFact>>;
  open(): Promise<readonly { rule: string; state: string; severity: string; since_ms: number }[]>;
  /** Minutes in which a signal took longer than its bound, as far back as they are kept. */
  crossings(period: Period): Promise<readonly { signal: string; minutes: number }[]>;
}

export interface DisclosureFact {
  vendor: string | null;
  model: string | null;
  project: string | null;
  records: number;
  input_tokens: number;
  output_tokens: number;
}

export interface PlaceFact {
  regions: readonly string[];
  data_classes: readonly string[];
}

export interface DisclosureFacts {
  sent(query: Period & { limit: number }): Promise<Some<DisclosureFact>>;
  /** By `route at vendor`, vendor/model or vendor: where it runs and what may go there, as far as the configuration says. */
  places(): Promise<ReadonlyMap<string, PlaceFact>>;
}

export interface RecordFacts {
  /** Calls that went through the gateway, as sums know them. */
  calls(period: Period): Promise<{ records: number; failed: number; refused: number }>;
  /** Of all processes. */
  state(): Promise<{ pending_records: number; lag_ms: number; journal_bytes: number; last_error: string | null }>;
}

export interface PolicyFacts {
  active(): { source: string; number: number | null; policies: number; two_persons: boolean };
}

export interface Sources {
  keys(limit: number): Promise<Some<KeyFact>>;
  people(limit: number): Promise<Some<PersonFact>>;
  policies: PolicyFacts;
  trail: TrailFacts;
  approvals(query: Period & { limit: number }): Promise<Some<ApprovalFact>>;
  switches(limit: number): Promise<readonly SwitchFact[]>;
  guardrails(): readonly GuardrailFact[];
  findings(query: Period & { limit: number }): Promise<Some<FindingCount>>;
  retention(): Promise<RetentionFacts>;
  vault: VaultFacts;
  incidents: IncidentFacts;
  disclosures: DisclosureFacts;
  records: RecordFacts;
}
