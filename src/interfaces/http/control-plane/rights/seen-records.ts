// What somebody sees of records: whose, as the ledger takes it; and their texts left out for those who may see records alone.
import type { Governance, Principal, Sight } from "../../../../governance/index.ts";
import { isInScope, type Ledger, type RecordScope } from "../../../../ledger/index.ts";
import type {
  ActivityPage,
  CallDetail,
  RecordDetail,
  RecordSummary,
  ScorePage,
  SessionDetail,
  SpanRecord,
  TracePage,
} from "../../../../ledger/contract.ts";
import { OWN_ORGANISATION } from "../../../../policy/index.ts";

export interface Seen {
  principal: Principal;
  sight: Sight;
  texts: Sight | undefined;
}

/** Undefined where nothing is kept from anybody: one organisation, and all of it. */
export type ScopeOf = (sight: Sight) => RecordScope | undefined;

export function createScopeOf({ hasTenants }: { hasTenants(): boolean }): ScopeOf {
  return ({ organisation, ...narrower }) => {
    const isOwn = organisation === OWN_ORGANISATION;
    if (isOwn && Object.keys(narrower).length === 0 && !hasTenants()) return undefined;
    return { organisation: isOwn ? null : organisation, ...narrower };
  };
}

/** To look for words is to look at texts: then no more is found than what may be read. Throws `governance.not_allowed`. */
export function createScopeFor({ ledger, governance }: { ledger: Ledger; governance: Governance }) {
  const scopeOf = createScopeOf(governance);
  return (filter: string | undefined, { principal, sight, texts }: Seen): RecordScope | undefined => {
    if (filter === undefined || !ledger.readsTexts(filter)) return scopeOf(sight);
    const { organisation } = sight;
    return scopeOf(
      narrower(sight, texts ?? governance.rights.requireSight(principal, { action: "read_bodies", organisation })),
    );
  };
}

/** Each is all of an organisation, a part of it, or one's own. */
function narrower(one: Sight, other: Sight): Sight {
  const { organisation, ...parts } = one;
  return Object.keys(parts).length > 0 ? { ...other, organisation, ...parts } : other;
}

function isSame(one: Sight, other: Sight | undefined): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

type Shown = Pick<Seen, "sight" | "texts">;

export function seenSummaries(records: RecordSummary[], { sight, texts }: Shown): RecordSummary[] {
  if (isSame(sight, texts)) return records;
  return records.map((record) =>
    mayRead(record, texts) ? record : { ...record, request_preview: null, response_preview: null },
  );
}

/** The organisation is decided before. */
function mayRead(
  { project, user, key_id }: Pick<RecordSummary, "project" | "user" | "key_id">,
  texts: Sight | undefined,
): boolean {
  if (!texts) return false;
  const { organisation: _, ...parts } = texts;
  return isInScope({ project, user, key_id, key_name: "", team: null, tags: [] }, { organisation: null, ...parts });
}

export function seenTraces(page: TracePage, seen: Shown): TracePage {
  return {
    ...page,
    traces: page.traces.map((trace) => ({ ...trace, first: seenSummaries([trace.first], seen)[0] ?? trace.first })),
  };
}

export function seenActivity(page: ActivityPage, { sight, texts }: Shown): ActivityPage {
  if (isSame(sight, texts)) return page;
  return { ...page, items: page.items.map((item) => ({ ...item, last_request_preview: null })) };
}

export function seenSession(session: SessionDetail, seen: Shown): SessionDetail {
  if (isSame(seen.sight, seen.texts)) return session;
  const turns = session.turns.map((turn) => ({
    ...turn,
    request_preview: null,
    response_preview: null,
    calls: seenSummaries(turn.calls, seen),
  }));
  return { ...session, turns };
}

export function seenCall(call: CallDetail, { texts }: Shown): CallDetail {
  if (mayRead(call.who, texts)) return call;
  return { ...call, request_body: null, response_body: null, messages: [] };
}

export function seenRecord(detail: RecordDetail, { texts }: Shown): RecordDetail {
  const { record, summary } = detail;
  if (mayRead(record.who, texts)) return detail;
  return {
    summary: { ...summary, request_preview: null, response_preview: null },
    // What an application says in attributes may be anything.
    record: "source" in record ? { ...record, score: withoutWords(record.score), attributes: {}, events: [] } : record,
    request_body: null,
    response_body: null,
  };
}

function withoutWords(score: SpanRecord["score"]): SpanRecord["score"] {
  return score === null ? null : { ...score, explanation: null };
}

/** Why somebody found a record good or bad may repeat what was said in it. */
export function seenScores(page: ScorePage, { sight, texts }: Shown): ScorePage {
  if (isSame(sight, texts)) return page;
  return { ...page, scores: page.scores.map((score) => (score.is_own ? score : { ...score, comment: null })) };
}
