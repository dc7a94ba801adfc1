// A call as a page to read: the facts, then the way it took, then what was said. Pure: record in, lines out.
import { formatDuration, formatUsd } from "../../../kernel/index.ts";
import type { CallDetail } from "../../../ledger/contract.ts";
import { formatExactly } from "../terminal/moment.ts";
import { dotted, fact, indented, joinSections, section } from "../terminal/page.ts";
import { bold, cyan, dim, green, type Line, red, yellow } from "../terminal/style.ts";
import { colourOutcome, formatCount, formatTokens } from "./call-rows.ts";
import { alignRows } from "../terminal/table.ts";
import { describeAttempts } from "./describe-attempts.ts";
import { describeShaping } from "./call/describe-shaping.ts";

export interface DescribeOptions {
  /** Shows the request and the answer as they were sent, instead of the conversation read from them. */
  withBodies: boolean;
  /** Columns to fit bars into. */
  columns: number;
}

export function describeCall(call: CallDetail, { withBodies, columns }: DescribeOptions): Line[] {
  return joinSections([
    describeHead(call),
    describeError(call),
    describeFacts(call),
    section("Considered", describeConsidered(call, columns)),
    section("Attempts", describeAttempts(call, columns)),
    section("Guardrails", call.guardrails.map(describeGuardrail)),
    ...(withBodies ? describeBodies(call) : describeConversation(call)),
  ]);
}

function describeGuardrail({ name, outcome, kind, side, place, start, end }: CallDetail["guardrails"][number]): Line {
  const where = place ? `${place} ${start ?? 0}–${end ?? 0}` : side;
  return ["  ", bold(name), "  ", ...dotted(outcome, kind, where)];
}

function describeHead({ id, outcome, status, stream, started_at_ms }: CallDetail): Line[] {
  return [
    [bold(`Call ${id}`)],
    dotted(
      colourOutcome(outcome),
      `HTTP ${status}`,
      stream ? "streamed" : "in one piece",
      formatExactly(started_at_ms),
    ),
  ];
}

function describeError({ error }: CallDetail): Line[] {
  if (!error) return [];
  const [first = "", ...rest] = error.message.split("\n");
  return [[red(error.code), "  ", first], ...rest.map((line): Line => ["  ", line])];
}

function describeFacts(call: CallDetail): Line[] {
  const { who, authority, route, answer, dialect, model, cache, dropped } = call;
  const lines = [
    fact(
      "Who",
      ...dotted(
        `key ${who.key_name} (${who.key_id})`,
        who.user && `user ${who.user}`,
        who.team && `team ${who.team}`,
        who.project && `project ${who.project}`,
        who.tags.length > 0 && `tags ${who.tags.join(", ")}`,
      ),
    ),
    fact("Authority", `${authority.policy}: ${authority.rule}`),
    fact(
      "Asked for",
      ...dotted(cyan(model), `${call.operation}, ${dialect}`, call.session && `session ${call.session}`),
    ),
    fact("Route", ...dotted(route.name, route.strategy, route.reason)),
    fact("Answered by", ...describeAnswer(answer)),
    ...describeBeside(call),
    fact("Tokens", ...describeTokens(call)),
    fact("Cost", ...describeCost(call)),
    fact("Times", ...describeTimes(call)),
    fact(
      "Trace",
      ...dotted(call.trace_id, `span ${call.span_id}`, call.parent_span_id && `parent ${call.parent_span_id}`),
    ),
  ];
  if (cache !== "off") lines.push(fact("Cache", ...describeCache(call)));
  lines.push(...describeShaping(call));
  if (dropped.length > 0) lines.push(fact("Dropped", yellow(dropped.join(", ")), " (the vendor does not know these)"));
  return lines;
}

/** Of calls that asked several, whose answer was given and why; and copies. */
function describeBeside({ decision, shadows = [], shadow_of }: CallDetail): Line[] {
  return [
    ...(decision === undefined ? [] : [fact("Decided", decision)]),
    ...(shadow_of === undefined ? [] : [fact("Copy of", shadow_of)]),
    ...shadows.map(({ target, call_id, left_out }) =>
      fact("Shadow", ...dotted(target, call_id ?? "none sent", left_out !== null && yellow(left_out))),
    ),
  ];
}

function describeCache({ cache, cached, compared }: CallDetail): Line {
  if (compared) return dotted(cache, `compared with ${compared.call_id}`, `similarity ${compared.similarity}`);
  if (!cached) return [cache];
  const { from, call_id, age_ms, saved_usd_micros, similarity } = cached;
  return dotted(
    green(cache),
    from === "call" ? "from a call under way" : `from ${from}, ${formatDuration(age_ms)} old`,
    call_id !== null && `made for ${call_id}`,
    similarity !== undefined && `similarity ${similarity}`,
    saved_usd_micros !== null && `saved ${formatUsd(saved_usd_micros)}`,
  );
}

function describeAnswer(answer: CallDetail["answer"]): Line {
  if (!answer) return [dim("nobody")];
  const { target, model, vendor, finish_reason, response_id } = answer;
  const isRenamed = `${vendor}/${model}` !== target;
  return dotted(
    cyan(target),
    isRenamed && `as ${model}`,
    finish_reason && `finished: ${finish_reason}`,
    response_id && dim(response_id),
  );
}

function describeTokens({ tokens }: CallDetail): Line {
  const { cache_read, cache_write, reasoning, source } = tokens;
  if (source === "unknown") return [dim("unknown")];
  return dotted(
    formatTokens(tokens),
    cache_read > 0 && `${formatCount(cache_read)} read from cache`,
    cache_write > 0 && `${formatCount(cache_write)} written to cache`,
    reasoning > 0 && `${formatCount(reasoning)} reasoning`,
    source === "vendor" ? dim("counted by the vendor") : yellow("estimated"),
  );
}

function describeCost({ cost, answer }: CallDetail): Line {
  if (answer === null && !cost.usd_micros) return [dim("none: nobody answered")];
  if (cost.usd_micros === null) return [yellow("unpriced"), " (no price is known for this model)"];
  return dotted(green(formatUsd(cost.usd_micros)), cost.price_version && dim(`prices of ${cost.price_version}`));
}

function describeTimes({ timings }: CallDetail): Line {
  const { total_ms, first_token_ms, per_output_token_ms, overhead_ms } = timings;
  return dotted(
    `${formatDuration(total_ms)} in all`,
    first_token_ms !== null && `first token after ${formatDuration(first_token_ms)}`,
    per_output_token_ms !== null && `${formatDuration(per_output_token_ms)} a token`,
    dim(`${formatDuration(overhead_ms)} in Binnacle before the first attempt`),
  );
}

function describeConsidered({ considered }: CallDetail, columns: number): Line[] {
  const rows = considered.map(({ target, chosen, reason }) => [
    chosen ? green("✓") : dim("–"),
    chosen ? target : dim(target),
    reason,
  ]);
  return alignRows([{}, { shrinksTo: 12 }, { shrinksTo: 20 }], rows, columns - 2).map((line) => ["  ", ...line]);
}

function describeConversation({ messages }: CallDetail): Line[][] {
  return messages.map(({ role, text, tool_calls }) => [
    [bold(role)],
    ...(text === "" ? [] : indented(text)),
    ...tool_calls.map(({ name, arguments: given }): Line => ["  ", yellow(name), `(${given})`]),
  ]);
}

function describeBodies(call: CallDetail): Line[][] {
  const sides = [
    { title: "Request", ref: call.bodies.request, body: call.request_body },
    { title: "Answer", ref: call.bodies.response, body: call.response_body },
  ];
  return sides.map(({ title, ref, body }) => {
    if (!body) return [[bold(title), dim(ref ? "  no longer kept" : "  not stored")]];
    const size = `${body.media_type}, ${formatCount(body.size_bytes)} bytes`;
    return [[bold(title), dim(`  ${size}`), body.cut ? yellow(", cut") : ""], ...indented(body.text)];
  });
}
