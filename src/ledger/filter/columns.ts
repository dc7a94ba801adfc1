// Which column of ledger_records a field of the filter language looks at.
import { filterFields, type FilterFieldName } from "./contract.ts";

type ColumnField = Exclude<FilterFieldName, "tokens" | "guardrail" | "attribute" | "data">;

export const filterColumns = {
  kind: "kind",
  own: "is_own",
  name: "name",
  model: "model",
  answer_model: "answer_model",
  route: "route",
  vendor: "vendor",
  key: "key_id",
  user: "user_name",
  team: "team",
  project: "project",
  tag: "tags",
  session: "session",
  trace: "trace_id",
  span: "span_id",
  parent: "parent_span_id",
  service: "service",
  environment: "environment",
  outcome: "outcome",
  error: "error_code",
  operation: "operation",
  finish: "finish_reason",
  prompt: "prompt",
  pattern: "pattern",
  cache: "cache",
  input_tokens: "input_tokens",
  output_tokens: "output_tokens",
  cost: "cost_usd_micros",
  saved: "saved_usd_micros",
  duration: "duration_ms",
  first_token: "first_token_ms",
} as const satisfies Record<ColumnField, string>;

export type FilterColumn = (typeof filterColumns)[ColumnField];

/** Undefined for what is in no column of its own. */
export function columnOf(field: FilterFieldName): FilterColumn | undefined {
  return isColumnField(field) ? filterColumns[field] : undefined;
}

function isColumnField(field: FilterFieldName): field is ColumnField {
  return field in filterColumns && filterFields[field].type !== ("path" as string);
}
