// `faults`: everything that upstreams and callers can do wrong, once each, and what callers and the record get to see of it.
import { z } from "zod";
import type { CallRecord } from "../../src/ledger/contract.ts";
import { type Check, defineDrill } from "../drill.ts";
import { createInstallation, type RunningBinnacle } from "../installation/binnacle.ts";
import { readAllCalls, untilProjected } from "../installation/stored-calls.ts";
import { BODY_BYTES_MAX, type FaultCase, faultCases, type FaultRequest, gatewayConfig } from "./cases.ts";
import { describeAnswer, describeRecord } from "./describe-case.ts";

/** Long enough for a request to be taken up, short against the wait for its answer. */
const LEAVE_AFTER_MS = 200;

export const faultsDrill = defineDrill({
  name: "faults",
  takes: "10 s",
  summary: "upstreams that stall, cut, babble and refuse; callers that leave: each told and recorded as documented",
  options: z.object({}),
  async run(context) {
    const config = { gateway: gatewayConfig, interfaces: { body_bytes_max: BODY_BYTES_MAX } };
    const running = await createInstallation(context, { config }).start();
    const asked = faultCases.map((each, place) => ({ each, tag: `fault-${place + 1}` }));
    const callers = await Promise.all(asked.map(({ each, tag }) => askFor(each.request, { tag, running })));
    const checks: Check[] = [];
    await untilProjected(running, context);
    const records = await readRecords(running);
    const table = [["", "fault", "asked for", "the caller got", "on record"]];
    for (const [place, { each, tag }] of asked.entries()) {
      const found = { caller: callers[place] ?? "", record: describeRecord(records.get(tag)) };
      const isRight = found.caller === each.caller && found.record === each.record;
      const shape = each.request.stream ? "stream" : "JSON";
      table.push([isRight ? "as said" : "OTHER", each.fault, shape, found.caller, found.record]);
      if (!isRight) checks.push(differs(each, found));
    }
    const right = faultCases.length - checks.length;
    checks.push({
      that: "every fault is told and recorded as documented",
      holds: checks.length === 0,
      found: `${right} of ${faultCases.length}`,
    });
    await running.stop();
    return { checks, figures: { cases: faultCases.length, as_documented: right }, table };
  },
});

function differs({ fault, request, caller, record }: FaultCase, found: { caller: string; record: string }): Check {
  return {
    that: `${fault}${request.stream ? ", stream" : ""}: the caller gets “${caller}”, the record says “${record}”`,
    holds: false,
    found: `“${found.caller}”, “${found.record}”`,
  };
}

/** What the caller got, in words. */
async function askFor(
  { model, stream, leaves, body, key }: FaultRequest,
  { tag, running }: { tag: string; running: RunningBinnacle },
): Promise<string> {
  const leaving = new AbortController();
  const headers: Record<string, string> = { "content-type": "application/json", "x-binnacle-tags": tag };
  if (key !== "") headers["authorization"] = `Bearer ${key ?? running.key}`;
  if (leaves === "before the answer") setTimeout(() => leaving.abort(), LEAVE_AFTER_MS);
  try {
    const response = await fetch(`${running.url}/v1/chat/completions`, {
      method: "POST",
      headers,
      body: body ?? JSON.stringify({ model, stream, messages: [{ role: "user", content: "What is a fault?" }] }),
      signal: leaving.signal,
    });
    if (leaves === "in the middle") {
      await response.body?.getReader().read();
      leaving.abort();
    }
    return describeAnswer({ status: response.status, text: await response.text(), stream });
  } catch (error) {
    return leaving.signal.aborted ? "left" : `no answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Whole records by their tag: lists leave the attempts out. */
async function readRecords(running: RunningBinnacle): Promise<Map<string, CallRecord>> {
  const records = new Map<string, CallRecord>();
  for (const { id, tag } of await readAllCalls(running)) records.set(tag, await running.client.calls.get({ id }));
  return records;
}
