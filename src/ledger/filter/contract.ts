// The filter language's fields: what a record can be searched by. API, CLI and console read the same table, so that all three
// complete, explain and refuse the same names; docs/reference/filters.md is made from it.
import { callOutcomes } from "../outcomes/contract.ts";
import { spanKinds } from "../spans/kinds/contract.ts";

/**
 * How a field's values are written and compared. `text` takes * and ?; `list` is true where one of its items is; `count` is
 * a whole number; `money` is in US dollars; `duration` is 300ms, 2s, 5m, 1h, or a number of milliseconds; `id` is a UUID or 32
 * hex digits; `span` is 16 hex digits; `path` goes on with a name of its own and takes text and numbers.
 */
export const filterTypes = ["text", "list", "count", "money", "duration", "boolean", "id", "span", "path"] as const;
export type FilterType = (typeof filterTypes)[number];

export interface FilterField {
  type: FilterType;
  description: string;
  /** One that reads as it would be written. */
  example: string;
  /** All values there are, where they are few. */
  values?: readonly string[];
}

const bothWays = ["true", "false"] as const;

export const filterFields = {
  kind: { type: "text", description: "what it is", example: "kind:(call OR embedding)", values: spanKinds },
  own: {
    type: "boolean",
    description: "whether it went through this gateway; other records are spans that applications report",
    example: "own:true",
    values: bothWays,
  },
  name: { type: "text", description: "the span's name; of own calls the model as asked for", example: "name:plan*" },
  model: { type: "text", description: "the model as it was asked for", example: "model:openai/gpt-4o*" },
  answer_model: { type: "text", description: "the model as its vendor names it", example: "answer_model:gpt-4o-2024*" },
  route: { type: "text", description: "the route that an own call took", example: "route:fast" },
  vendor: { type: "text", description: "who answered", example: "vendor:(openai OR anthropic)" },
  key: { type: "text", description: "id of the key that called, or that sent the span", example: "key:key_8f2c*" },
  organisation: {
    type: "text",
    description: "the organisation, of tenants; what is the installation's own has none",
    example: "organisation:acme",
  },
  user: { type: "text", description: "the user", example: "user:ann@example.com" },
  team: { type: "text", description: "the team", example: "team:search" },
  project: { type: "text", description: "the project", example: "project:assistant" },
  tag: { type: "list", description: "one of its tags", example: "tag:beta" },
  session: { type: "text", description: "the session or conversation", example: "session:chat-42" },
  trace: { type: "id", description: "the trace", example: "trace:0af7651916cd43dd8448eb211c80319c" },
  span: { type: "span", description: "the span", example: "span:b7ad6b7169203331" },
  parent: { type: "span", description: "the parent span", example: "NOT parent:*" },
  service: { type: "text", description: "the service that reported it", example: "service:checkout" },
  environment: { type: "text", description: "where that service runs", example: "environment:production" },
  outcome: {
    type: "text",
    description: "how it ended; spans of applications are ok or failed",
    example: "NOT outcome:ok",
    values: callOutcomes,
  },
  error: { type: "text", description: "the error's code", example: "error:provider.*" },
  operation: {
    type: "text",
    description: "what was asked for: chat, embeddings, execute_tool",
    example: "operation:chat",
  },
  finish: { type: "text", description: "why the model stopped", example: "finish:length" },
  prompt: { type: "text", description: "the prompt, with @ and its version", example: "prompt:greeting@3" },
  pattern: {
    type: "id",
    description: "the request pattern: the same for requests made from the same template",
    example: "pattern:*",
  },
  cache: { type: "text", description: "what the cache had to do with it", example: "cache:(hit OR semantic)" },
  guardrail: {
    type: "list",
    description: "what a guardrail found, which policy, or what then happened",
    example: "guardrail:(email OR masked)",
  },
  input_tokens: { type: "count", description: "all input tokens, cached ones included", example: "input_tokens:>8000" },
  output_tokens: { type: "count", description: "all output tokens", example: "output_tokens:[100 TO 500]" },
  tokens: { type: "count", description: "input and output together", example: "tokens:>=10000" },
  cost: { type: "money", description: "what it cost, in US dollars", example: "cost:>0.01" },
  saved: { type: "money", description: "what the cache saved, in US dollars", example: "saved:>0" },
  duration: { type: "duration", description: "how long it took", example: "duration:>2s" },
  first_token: { type: "duration", description: "time to the first token", example: "first_token:{300ms TO 2s]" },
  attribute: {
    type: "path",
    description: "an attribute that an application reported, by its full name",
    example: "attribute.http.status_code:>=500",
  },
  data: {
    type: "path",
    description: "anything else that stands in the record, by its path",
    example: "data.timings.queue_ms:>100",
  },
} as const satisfies Record<string, FilterField>;

export type FilterFieldName = keyof typeof filterFields;

export const filterFieldNames = Object.keys(filterFields) as FilterFieldName[];

/** What is written between the parts. */
export const filterOperators = [
  { written: "field:value", meaning: "equal; of text, capital letters count", example: "vendor:openai" },
  {
    written: "field:val*",
    meaning: "text with anything (*) or any one character (?) in these places",
    example: "model:gpt-4o*",
  },
  { written: "field:*", meaning: "there is a value", example: "session:*" },
  {
    written: "field:>1",
    meaning: "also >=, <, <= and =; of numbers, money and durations",
    example: "duration:>=300ms",
  },
  {
    written: "field:[1 TO 5]",
    meaning: "from … to; { and } leave the end itself out, * is open",
    example: "cost:{0 TO 0.5]",
  },
  { written: "field:(a OR b)", meaning: "a list; a comma is OR too", example: "model:(gpt-4o, o3)" },
  {
    written: "word",
    meaning: "the word is in what was asked, answered or went wrong; word* for what begins so",
    example: "refund",
  },
  { written: '"some words"', meaning: "these words, one after the other", example: '"not able to help"' },
  { written: "a AND b", meaning: "both; a blank is AND too, and binds as strongly", example: "kind:call refund" },
  { written: "a OR b", meaning: "one of them, or both; AND binds more strongly", example: "outcome:failed OR cost:>1" },
  { written: "NOT a", meaning: "not so; also -a; also true where there is no value", example: "NOT outcome:ok" },
  { written: "( )", meaning: "together", example: "(a OR b) AND c" },
  { written: "\\", meaning: "takes the next character as it is", example: "name:what\\?" },
] as const;
