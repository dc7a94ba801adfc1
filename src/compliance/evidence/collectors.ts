// All collectors, by the names that frameworks ask for them. After a colon a control says the least time that it asks for.
import type { Evidence } from "../contract.ts";
import { access } from "./authority/access.ts";
import { approvals } from "./authority/approvals.ts";
import { changes } from "./authority/changes.ts";
import { policies } from "./authority/policies.ts";
import { refusals } from "./authority/refusals.ts";
import { switches } from "./authority/switches.ts";
import { unusedAccess } from "./authority/unused-access.ts";
import { disclosures } from "./data/disclosures.ts";
import { erasures } from "./data/erasures.ts";
import { guardrails } from "./data/guardrails.ts";
import { retention } from "./data/retention.ts";
import { sealing } from "./data/sealing.ts";
import { type Asked, type Collector, within } from "./evidence.ts";
import { incidents } from "./running/incidents.ts";
import { records } from "./running/records.ts";
import { trail } from "./running/trail.ts";

const collectors: Readonly<Record<string, Collector>> = {
  access,
  unused_access: unusedAccess,
  policies,
  changes,
  refusals,
  approvals,
  switches,
  guardrails,
  retention,
  erasures,
  sealing,
  disclosures,
  incidents,
  records,
  trail,
};

export const collectorNames: readonly string[] = Object.keys(collectors);

const ID = /^([a-z_]+)(?::([1-9]\d{0,5})d)?$/;
const DAY_MS = 86_400_000;

interface Parsed {
  collector: Collector;
  least_ms: number | null;
}

/** `retention` or `retention:184d`; undefined where there is no such. */
export function parseEvidenceId(id: string): Parsed | undefined {
  const [, name = "", days] = ID.exec(id) ?? [];
  const collector = Object.hasOwn(collectors, name) ? collectors[name] : undefined;
  if (!collector || (days !== undefined && name !== "retention")) return undefined;
  return { collector, least_ms: days === undefined ? null : Number(days) * DAY_MS };
}

/** What cannot be asked is told as that, so that one room that is away does not keep a whole report from being made. */
export async function collect(
  id: string,
  { collector, least_ms }: Parsed,
  asked: Omit<Asked, "least_ms">,
): Promise<Evidence> {
  const { title } = collector;
  const query = `GET ${within(asked, `/api/v1/compliance/evidence/${id}`)}`;
  try {
    return { id, title, query, ...(await collector.collect({ ...asked, least_ms })) };
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown";
    return {
      id,
      title,
      query,
      expects: "",
      finding: "no_data",
      says: `This could not be found out: ${why}`,
      facts: [],
      tables: [],
      links: [],
    };
  }
}
