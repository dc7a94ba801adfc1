import { expect, test } from "bun:test";
import { noFilter } from "../feed/call-filter.ts";
import { formatAddress, parseAddress } from "./address.ts";

test("carries the whole view there and back", () => {
  const views = [
    { callId: null, filter: noFilter },
    { callId: "019a-7f", filter: noFilter },
    { callId: "a/b?c#d", filter: { outcome: "failed" as const, model: "openai/gpt-5 & co" } },
  ];
  for (const view of views) expect(parseAddress(formatAddress(view))).toEqual(view);
});

test("takes anything that it does not know for the list", () => {
  for (const hash of ["", "#", "#/nowhere", "#/calls/a/b", "#/calls?outcome=splendid"])
    expect(parseAddress(hash)).toEqual({ callId: null, filter: noFilter });
});

test("does not trip over a broken escape", () => {
  expect(parseAddress("#/calls/%E0%A4%A").callId).toBe("%E0%A4%A");
});
