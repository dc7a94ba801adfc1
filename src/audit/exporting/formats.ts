// Entries in other programs' words: a row of CSV, an event of OCSF (API Activity), a line of CEF.
import type { AuditEntryView } from "../contract.ts";

export const csvColumns = [
  "tree",
  "index",
  "id",
  "at",
  "action",
  "outcome",
  "actor_kind",
  "actor_id",
  "actor_name",
  "organisation",
  "on_behalf_of",
  "resource_type",
  "resource_id",
  "policies",
  "request_id",
  "details",
] as const;

export function csvRow(entry: AuditEntryView): string {
  const { actor, resource } = entry;
  const cells: Record<(typeof csvColumns)[number], string | number | null> = {
    tree: entry.tree,
    index: entry.index,
    id: entry.id,
    at: new Date(entry.at_ms).toISOString(),
    action: entry.action,
    outcome: entry.outcome,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    organisation: entry.organisation,
    on_behalf_of: entry.on_behalf_of,
    resource_type: resource.type,
    resource_id: resource.id,
    policies: entry.policies.join(" "),
    request_id: entry.request_id,
    details: entry.details ? JSON.stringify(entry.details) : null,
  };
  return `${csvColumns.map((column) => csvCell(cells[column])).join(",")}\r\n`;
}

function csvCell(value: string | number | null): string {
  const text = String(value ?? "");
  // What a spreadsheet would take for a formula is told as text.
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === "string" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const ACTIVITIES: [RegExp, number][] = [
  [/create|begun|add|open|import|apply/, 1],
  [/read|list|export|verify/, 2],
  [/update|change|rotate|set|put|restore/, 3],
  [/delete|revoke|destroy|erase|purge|close/, 4],
];
const API_ACTIVITY = 6003;

/** OCSF 1.3, class 6003. */
export function ocsfEvent(entry: AuditEntryView, version: string): Record<string, unknown> {
  const activity = ACTIVITIES.find(([words]) => words.test(entry.action))?.[1] ?? 99;
  const { actor, resource } = entry;
  return {
    class_uid: API_ACTIVITY,
    class_name: "API Activity",
    category_uid: 6,
    activity_id: activity,
    type_uid: API_ACTIVITY * 100 + activity,
    severity_id: entry.outcome === "ok" ? 1 : 3,
    status_id: entry.outcome === "ok" ? 1 : 2,
    status: entry.outcome,
    time: entry.at_ms,
    metadata: { uid: entry.id, version: "1.3.0", product: { name: "Binnacle", vendor_name: "Binnacle", version } },
    api: { operation: entry.action, ...(entry.request_id !== null && { request: { uid: entry.request_id } }) },
    actor: {
      user: { uid: actor.id, name: actor.name ?? actor.id, type: actor.kind, org: { uid: actor.organisation } },
    },
    src_endpoint: { name: "binnacle" },
    resources: [{ type: resource.type, uid: resource.id }],
    unmapped: {
      tree: entry.tree,
      index: entry.index,
      on_behalf_of: entry.on_behalf_of,
      policies: entry.policies,
      details: entry.details,
    },
  };
}

const cefHeader = (text: string): string => text.replace(/[\\|]/g, "\\$&").replace(/[\r\n]+/g, " ");
const cefValue = (text: string): string =>
  text.replace(/[\\=]/g, "\\$&").replaceAll("\r", "\\r").replaceAll("\n", "\\n");

export function cefLine(entry: AuditEntryView, version: string): string {
  const { actor, resource, action } = entry;
  const severity = { ok: 3, failed: 5, refused: 6 }[entry.outcome];
  const fields: [string, string | number | null][] = [
    ["rt", entry.at_ms],
    ["externalId", entry.id],
    ["act", action],
    ["outcome", entry.outcome],
    ["suid", actor.id],
    ["suser", actor.name],
    ["sourceServiceName", actor.kind],
    ["requestContext", entry.request_id],
    ["cs1Label", "resource_type"],
    ["cs1", resource.type],
    ["cs2Label", "resource"],
    ["cs2", resource.id],
    ["cs3Label", "organisation"],
    ["cs3", entry.organisation],
    ["cs4Label", "policies"],
    ["cs4", entry.policies.join(" ")],
    ["cs5Label", "details"],
    ["cs5", entry.details && JSON.stringify(entry.details)],
    ["cn1Label", "index"],
    ["cn1", entry.index],
  ];
  const said = fields.flatMap(([name, value]) =>
    value === null || value === "" ? [] : [`${name}=${cefValue(String(value))}`],
  );
  return `CEF:0|Binnacle|Binnacle|${cefHeader(version)}|${cefHeader(action)}|${cefHeader(action)}|${severity}|${said.join(" ")}`;
}
