// Traces as programs with agents report them: one with all that can be odd about a trace, one that is very long, and many short ones.
import { hexOf, type MadeSpan, spanIdAt, traceIdAt, writeTraces } from "../../../support/otlp.ts";
import { until } from "../../../support/until.ts";
import { nothing } from "../data.ts";
import type { House, StartHouse } from "./house.ts";
import { startHouse } from "./start-house.ts";

export const ODD_TRACE = hexOf(traceIdAt(1));
export const LONG_TRACE = hexOf(traceIdAt(2));
export const LONG_SPANS = 5000;
/** Traces of a single record each, for a list that goes on. */
export const MANY_TRACES = 1200;
export const MEANT_HARM = "<script>document.title='it ran'</script>";

const SPANS_PER_REQUEST = 1000;
/** Of one parent in the long trace. */
const SPANS_PER_STEP = 25;
const messages = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: "text", content }] }]);
const spanOf = (place: number, rest: Partial<MadeSpan> & Pick<MadeSpan, "name" | "startedAtMs">): MadeSpan => ({
  traceId: traceIdAt(1),
  spanId: spanIdAt(place),
  ...rest,
});

/** The program with both traces on record. */
export const startWithTraces: StartHouse = async (options) => {
  const house = await startHouse({ ...options, data: nothing });
  try {
    await sendSpans(house, oddSpans(Date.now() - 60_000));
    await sendSpans(house, longSpans(Date.now() - 600_000));
    await sendSpans(house, manySpans(Date.now() - 3_600_000));
    await until(async () => (await countRecords(house, LONG_TRACE)) === LONG_SPANS);
    await until(async () => (await countRecords(house, hexOf(traceIdAt(10_000 + MANY_TRACES - 1)))) === 1);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
};

/** Of a trace: none before the first has been written. */
function countRecords({ client }: House, id: string): Promise<number> {
  return client.traces.get({ id }).then(
    ({ nodes }) => nodes.length,
    () => 0,
  );
}

async function sendSpans({ url, key }: House, spans: readonly MadeSpan[]): Promise<void> {
  for (let from = 0; from < spans.length; from += SPANS_PER_REQUEST) {
    const response = await fetch(`${url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/x-protobuf", authorization: `Bearer ${key}` },
      body: new Uint8Array(
        writeTraces({ resource: { "service.name": "pilot" }, spans: spans.slice(from, from + SPANS_PER_REQUEST) }),
      ),
    });
    if (!response.ok) throw new Error(`spans were answered ${response.status}: ${await response.text()}`);
  }
}

/** A run with a step, tools and calls; one record began before its parent, one has none, and two are each other's parents. */
function oddSpans(atMs: number): MadeSpan[] {
  const chat = {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "gpt-4o-mini",
    "gen_ai.usage.input_tokens": 1000,
    "gen_ai.usage.output_tokens": 400,
    "gen_ai.input.messages": messages("user", `Which berth is free? ${MEANT_HARM}`),
    "gen_ai.output.messages": messages("assistant", "Berth seven."),
  };
  const tool = { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.call.arguments": '{"harbour":"north"}' };
  const root = spanOf(1, {
    name: "pilot",
    startedAtMs: atMs,
    endedAtMs: atMs + 1000,
    attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "pilot", "harbour.name": "north" },
  });
  const at = (place: number, times: readonly [number, number], rest: Partial<MadeSpan> & { name: string }): MadeSpan =>
    spanOf(place, { startedAtMs: atMs + times[0], endedAtMs: atMs + times[1], ...rest });
  const under = (place: number) => ({ parentSpanId: spanIdAt(place) });
  return [
    root,
    at(2, [10, 600], { name: "plan", ...under(1), attributes: { "gen_ai.operation.name": "agent_step" } }),
    at(3, [20, 120], {
      name: "find_berth",
      ...under(2),
      attributes: { ...tool, "gen_ai.tool.name": "find_berth" },
      status: { code: 2, message: "the list of berths did not answer" },
    }),
    at(4, [150, 580], { name: "chat gpt-4o-mini", ...under(2), attributes: chat }),
    at(5, [5, 30], { name: "early bird", ...under(2) }),
    at(6, [300, 310], { name: "lost", ...under(99) }),
    at(7, [320, 330], { name: "round", ...under(8) }),
    at(8, [321, 329], { name: "and round", ...under(7) }),
    at(9, [700, 900], { name: MEANT_HARM, ...under(1), attributes: { ...tool, "gen_ai.tool.name": MEANT_HARM } }),
  ];
}

function longSpans(atMs: number): MadeSpan[] {
  const idAt = (place: number): Uint8Array => spanIdAt(1000 + place);
  return Array.from({ length: LONG_SPANS }, (_, place): MadeSpan => {
    const isStep = place % SPANS_PER_STEP === 1;
    const parent = place === 0 ? undefined : isStep ? 0 : place - ((place - 1) % SPANS_PER_STEP);
    const endedAtMs = atMs + (place === 0 ? LONG_SPANS * 10 : place * 10 + (isStep ? SPANS_PER_STEP * 10 : 8));
    return {
      traceId: traceIdAt(2),
      spanId: idAt(place),
      ...(parent !== undefined && { parentSpanId: idAt(parent) }),
      name: place === 0 ? "survey" : isStep ? `leg ${place}` : `sounding ${place}`,
      startedAtMs: atMs + place * 10,
      endedAtMs,
      ...(place % 500 === 400 && { status: { code: 2, message: "no ground" } }),
    };
  });
}

function manySpans(atMs: number): MadeSpan[] {
  return Array.from({ length: MANY_TRACES }, (_, place): MadeSpan => ({
    traceId: traceIdAt(10_000 + place),
    spanId: spanIdAt(10_000 + place),
    name: `fix ${place}`,
    startedAtMs: atMs + place,
    endedAtMs: atMs + place + 1,
  }));
}
