// What callers' headers say of their trace, session and tags; and what hostile ones come to.
import { describe, expect, test } from "bun:test";
import { readTrace } from "./read-trace.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";
const read = (headers: Record<string, string>) => readTrace(new Headers(headers));
const readParent = (traceparent: string, more = {}) => read({ traceparent, ...more }).traceId;

describe("traceparent", () => {
  test("gives trace, parent and flags, and what other tracers say goes with it", () => {
    const trace = read({ traceparent: `00-${TRACE}-${SPAN}-00`, tracestate: "congo=t61rcWkgMzE,rojo=1" });
    expect(trace).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, flags: "00", state: "congo=t61rcWkgMzE,rojo=1" });
  });

  test.each([
    ["an id of zeros", `00-${"0".repeat(32)}-${SPAN}-01`],
    ["a parent of zeros", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["the version that is none", `ff-${TRACE}-${SPAN}-01`],
    ["capital letters", `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ["more than its version has", `00-${TRACE}-${SPAN}-01-more`],
    ["an id that is too short", `00-${TRACE.slice(1)}-${SPAN}-01`],
    ["nothing", ""],
  ])("with %s is left out, and what goes with it", (_, traceparent) => {
    const trace = read({ traceparent, tracestate: "a=1" });
    expect([trace.traceId, trace.parentSpanId, trace.state]).toEqual([undefined, undefined, undefined]);
  });

  test("of a later version may say more", () => {
    expect(readParent(`cc-${TRACE}-${SPAN}-01-what-comes`)).toBe(TRACE);
  });

  test("goes with as many whole members of the state as fit, and with none that hold what no header may", () => {
    const long = Array.from({ length: 60 }, (_, index) => `vendor${index}=${"x".repeat(20)}`).join(",");
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    const { state = "" } = read({ traceparent, tracestate: long });
    expect(state.length).toBeLessThanOrEqual(512);
    expect(long.startsWith(`${state},`)).toBe(true);
    expect(read({ traceparent, tracestate: "x".repeat(600) }).state).toBeUndefined();
    expect(read({ traceparent, tracestate: "a=ü" }).state).toBeUndefined();
  });
});

describe("baggage", () => {
  test.each([
    ["OpenTelemetry", "session.id=s1,user.id=u1"],
    ["Langfuse", "langfuse_session_id=s1,langfuse_user_id=u1,langfuse_trace_id=x"],
    ["Langfuse's attributes", "langfuse.session.id=s1, langfuse.user.id=u1"],
    ["Binnacle", "binnacle.session=s1;secret=1,binnacle.user = u1"],
  ])("in the words of %s says session and user", (_, baggage) => {
    expect(read({ baggage })).toMatchObject({ session: "s1", user: "u1", tags: [], traceId: undefined });
  });

  test("says tags, and what is nearer to Binnacle counts before what is general", () => {
    const baggage = "session.id=general,binnacle.session=ours,langfuse_tags=a%2Cb%20c,other=1";
    expect(read({ baggage })).toMatchObject({ session: "ours", tags: ["a", "b c"] });
  });

  test("stands behind the headers that say the same", () => {
    const headers = { "x-binnacle-session": "header", "x-binnacle-tags": "one, two" };
    const trace = read({ ...headers, baggage: "session.id=bag,user.id=bag,binnacle.tags=three" });
    expect(trace).toMatchObject({ session: "header", user: "bag", tags: ["one", "two"] });
  });

  test.each([
    ["broken percent signs", "session.id=%E0%A4%A", null],
    ["control characters", "session.id=a%00b%0Ac", "abc"],
    ["a value longer than any", `session.id=${"x".repeat(5000)}`, "x".repeat(200)],
    ["half a character at the cut", `session.id=${"x".repeat(199)}%F0%9F%98%80`, `${"x".repeat(199)}\uFFFD`],
    ["a list longer than any", `${"a=1,".repeat(100_000)}session.id=late`, null],
    ["members without a value", "session.id,=,;,session.id=", null],
    ["the same twice", "session.id=first,session.id=second", "first"],
    ["names that objects have", "__proto__=x,constructor=y,session.id=s", "s"],
  ])("with %s does no harm", (_, baggage, session) => {
    expect(read({ baggage }).session).toBe(session);
  });

  test("with thousands of tags gives twenty", () => {
    const tags = Array.from({ length: 2000 }, (_, index) => `t${index}`).join("%2C");
    expect(read({ baggage: `binnacle.tags=${tags}` }).tags).toHaveLength(20);
  });
});
