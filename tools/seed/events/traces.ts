// What Harbour's own programs report by OpenTelemetry: runs of agents with their steps, tools, model calls and judgements.
import { createDice, type Dice } from "../dice.ts";
import { officeQuestion } from "../texts/office.ts";
import { faqs } from "../texts/support.ts";
import type { Happening, Stage } from "./happening.ts";

type Attribute = string | number | boolean;
interface Span {
  spanId: string;
  parentSpanId?: string;
  name: string;
  startMs: number;
  endMs: number;
  attributes: Record<string, Attribute>;
  failed?: string;
  events?: { name: string; attributes: Record<string, Attribute> }[];
}

const services = ["ledger-agent", "support-agent", "search-indexer"];
const tools = ["find_order", "list_open_invoices", "search_help", "read_ticket", "convert_currency", "check_stock"];
const LEAST_SPANS = 8;
const MOST_SPANS = 40;
const SPANS_PER_REQUEST = 1000;

export interface TracesWish {
  seed: number;
  times: readonly number[];
  /** Spans of one more trace at the end; none at 0. */
  great: number;
}

export function tracesOf({ seed, times, great }: TracesWish): Happening[] {
  const all = times.map((atMs, index) => {
    const dice = createDice(seed, `trace ${index}`);
    return { atMs, dice, count: dice.between(LEAST_SPANS, MOST_SPANS) };
  });
  const last = Math.max(...times);
  if (great > 0) all.push({ atMs: last, dice: createDice(seed, "great trace"), count: great });
  return all.map(({ atMs, dice, count }) => ({
    atMs,
    what: "a trace",
    act: (stage) => report(stage, { dice, count, atMs }),
  }));
}

interface Run {
  dice: Dice;
  count: number;
  atMs: number;
}

async function report({ url, keyOf }: Stage, run: Run): Promise<void> {
  const { dice } = run;
  const service = dice.pick(services);
  const traceId = hex(dice, 32);
  const spans = spansOf(run);
  for (let from = 0; from < spans.length; from += SPANS_PER_REQUEST) {
    const response = await fetch(`${url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${keyOf("ledger-bot")}` },
      body: JSON.stringify(
        exportOf(
          service,
          spans.slice(from, from + SPANS_PER_REQUEST).map((span) => wireOf(span, traceId)),
        ),
      ),
    });
    if (!response.ok) throw new Error(`spans were not taken: ${response.status} ${await response.text()}`);
    await response.body?.cancel();
  }
}

/** An agent at the root, its steps below, and in each step tools, searches and calls of models one after another. */
function spansOf({ dice, count, atMs }: Run): Span[] {
  const root = { spanId: hex(dice, 16), session: `run-${hex(dice, 6)}` };
  const spans: Span[] = [];
  let nowMs = atMs + 20;
  let step: Span | undefined;
  while (spans.length < count - 1) {
    if (!step || dice.chance(0.2)) {
      step = {
        spanId: hex(dice, 16),
        parentSpanId: root.spanId,
        name: `step ${spans.length + 1}`,
        startMs: nowMs,
        endMs: nowMs,
        attributes: { "gen_ai.operation.name": "agent_step" },
      };
      spans.push(step);
      continue;
    }
    const length = Math.round(60 + 900 * dice.random() * dice.spread(0.5));
    spans.push({
      spanId: hex(dice, 16),
      parentSpanId: step.spanId,
      startMs: nowMs,
      endMs: nowMs + length,
      ...workOf(dice, root.session),
    });
    nowMs += length + dice.between(2, 25);
    step.endMs = nowMs;
  }
  const asked = dice.pick(faqs)[0];
  const attributes = {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.agent.name": "quartermaster",
    "session.id": root.session,
    "input.value": asked,
  };
  return [
    {
      spanId: root.spanId,
      name: "quartermaster",
      startMs: atMs,
      endMs: nowMs + 15,
      attributes,
      events: [judgement(dice)],
    },
    ...spans,
  ];
}

function workOf(dice: Dice, session: string): Pick<Span, "name" | "attributes" | "failed"> {
  const drawn = dice.random();
  if (drawn < 0.45) {
    const tool = dice.pick(tools);
    const attributes = {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": tool,
      "gen_ai.tool.call.arguments": `{"number":"HB-${dice.between(100_000, 999_999)}"}`,
    };
    return {
      name: `execute_tool ${tool}`,
      attributes,
      ...(dice.chance(0.06) && { failed: "the warehouse did not answer within 5 s" }),
    };
  }
  if (drawn < 0.6)
    return {
      name: "search help centre",
      attributes: { "gen_ai.operation.name": "retrieval", "gen_ai.retrieval.query.text": dice.pick(faqs)[0] },
    };
  const { asked, answered } = officeQuestion(dice);
  const model = dice.pick(["atlas-mini", "quill-3-fast"]);
  return {
    name: `chat ${model}`,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": model === "atlas-mini" ? "northwind" : "meridian",
      "gen_ai.request.model": model,
      "gen_ai.response.model": model,
      "gen_ai.usage.input_tokens": dice.between(80, 2400),
      "gen_ai.usage.output_tokens": dice.between(20, 500),
      "session.id": session,
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [{ type: "text", content: asked }] }]),
      "gen_ai.output.messages": JSON.stringify([{ role: "assistant", parts: [{ type: "text", content: answered }] }]),
    },
  };
}

function judgement(dice: Dice): { name: string; attributes: Record<string, Attribute> } {
  const value = Math.round(Math.min(1, 0.75 * dice.spread(0.25)) * 100) / 100;
  return {
    name: "gen_ai.evaluation.result",
    attributes: { "gen_ai.evaluation.name": "helpfulness", "gen_ai.evaluation.score.value": value },
  };
}

function hex(dice: Dice, length: number): string {
  return Array.from({ length }, () => dice.between(0, 15).toString(16)).join("");
}

function exportOf(service: string, spans: object[]) {
  const resource = {
    attributes: attributesOf({
      "service.name": service,
      "service.version": "4.2.0",
      "deployment.environment.name": "production",
    }),
  };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "harbour.agents" }, spans }] }] };
}

function wireOf({ startMs, endMs, attributes, failed, events = [], ...span }: Span, traceId: string) {
  return {
    ...span,
    traceId,
    kind: 1,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${endMs}000000`,
    attributes: attributesOf(attributes),
    events: events.map((event) => ({
      name: event.name,
      timeUnixNano: `${endMs}000000`,
      attributes: attributesOf(event.attributes),
    })),
    status: failed === undefined ? {} : { code: 2, message: failed },
  };
}

function attributesOf(all: Record<string, Attribute>) {
  return Object.entries(all).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: Attribute) {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
