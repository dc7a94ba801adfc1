// Thumbs and scores against the whole program: by mouse and by keys, with the figures of the API.
import { expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import type { CallDetail, ScoreView } from "../../src/ledger/contract.ts";
import { until } from "../support/until.ts";
import { expectNoAxeViolations } from "./support/accessibility.ts";
import { makeCall, stored } from "./support/data.ts";
import { describeConsole } from "./support/describe-console.ts";
import type { Data } from "./support/house/house.ts";
import { press } from "./support/open-console.ts";
import { screenshot } from "./support/pictures.ts";

const MODELS = ["sim/sim-small", "sim/sim-large", "sim/sim-instant"];

const threeCalls: Data = async (app) => {
  for (const model of MODELS) await makeCall(app, { model, messages: [{ role: "user", content: "Was it good?" }] });
  await stored(app, MODELS.length);
};

const thumb = (page: Page, word: "up" | "down"): Locator =>
  page.getByRole("button", { name: new RegExp(`thumb ${word}`) });
const lines = (page: Page): Locator => page.getByRole("list", { name: "Scores" }).getByRole("listitem");
const isPressed = (button: Locator): Promise<boolean> =>
  button.getAttribute("aria-pressed").then((pressed) => pressed === "true");

describeConsole("scores", { data: threeCalls }, (given) => {
  const find = async (model: string): Promise<CallDetail> => {
    const { calls } = await given.app.client.calls.list({ filter: `model:${model}` });
    return given.app.client.calls.get({ id: calls[0]?.id ?? "none" });
  };
  /** Until the API says so: what a page shows is there a moment earlier. */
  const untilSaid = async ({ id }: CallDetail, isSo: (scores: ScoreView[]) => boolean): Promise<ScoreView[]> => {
    let scores: ScoreView[] = [];
    await until(async () => {
      ({ scores } = await given.app.client.records.scores.list({ id }));
      return isSo(scores);
    });
    return scores;
  };

  test("of a call are given by mouse, changed, explained, and undone", async () => {
    const call = await find("sim/sim-small");
    const page = await given.open({ page: `/calls/${call.id}`, as: "admin" });
    await page.getByText("Nobody has scored it yet.").waitFor();
    await thumb(page, "up").click();
    await lines(page).first().waitFor();
    await untilSaid(call, ([score]) => score?.value === 1);
    await thumb(page, "down").click();
    await until(() => isPressed(thumb(page, "down")));
    expect(await isPressed(thumb(page, "up"))).toBe(false);
    await page.getByRole("button", { name: "Say why" }).click();
    await page.getByLabel("Why you find it so").fill("It said\nnothing.");
    await page.getByRole("button", { name: "Save the comment" }).click();
    await page.getByRole("button", { name: "Change your comment" }).waitFor();
    // A toast that the pointer rests on stays.
    await page.getByRole("button", { name: "Undo" }).first().hover();
    const [score, ...others] = await untilSaid(call, ([said]) => said?.comment !== null && said?.value === 0);
    expect(others).toEqual([]);
    const shown = await lines(page).allInnerTexts();
    expect(shown).toHaveLength(1);
    for (const said of [score?.name, String(score?.value), score?.by.user, score?.comment])
      expect(shown[0]).toContain(said ?? "nothing");
    await expectNoAxeViolations(page);
    await screenshot(page, "scores");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await untilSaid(call, ([said]) => said?.comment === null && said.value === 0);
  });

  test("of a call are given and taken back by keys alone", async () => {
    const call = await find("sim/sim-large");
    const page = await given.open({ page: `/calls/${call.id}` });
    await thumb(page, "up").waitFor();
    await thumb(page, "up").focus();
    await press(page, "Tab");
    await press(page, "Enter");
    await until(() => isPressed(thumb(page, "down")));
    await untilSaid(call, ([score]) => score?.value === 0);
    expect(await thumb(page, "down").evaluate((element) => element === document.activeElement)).toBe(true);
    await press(page, "Space");
    await page.getByText("Nobody has scored it yet.").waitFor();
    await untilSaid(call, (scores) => scores.length === 0);
  });

  test("that other programs reported stand among them, on the trace's page too", async () => {
    const call = await find("sim/sim-instant");
    await report(given.app, call);
    await given.app.client.records.scores.create({ id: call.id, name: "helpful", value: 0.25, label: "meh" });
    const scores = await untilSaid(call, (said) => said.length === 2);
    const page = await given.open({ page: `/traces/${call.trace_id}?span=${call.id}` });
    await lines(page).nth(1).waitFor();
    const shown = await lines(page).allInnerTexts();
    expect(shown).toHaveLength(scores.length);
    for (const [place, { name, value, label, source }] of scores.entries()) {
      for (const said of [name, String(value), label ?? ""]) expect(shown[place]).toContain(said);
      expect(shown[place]?.includes("by OpenTelemetry")).toBe(source === "otlp");
    }
    await thumb(page, "up").click();
    await lines(page).nth(2).waitFor();
    await untilSaid(call, (said) => said.length === 3);
    await expectNoAxeViolations(page);
  });

  test("are only shown to those who may not give any", async () => {
    const call = await find("sim/sim-instant");
    const page = await given.open({ page: `/calls/${call.id}`, as: "auditor" });
    await lines(page).first().waitFor();
    expect(await thumb(page, "up").count()).toBe(0);
  });

  test("of an answer in the playground stand on the record of its call", async () => {
    const page = await given.open({ page: "/playground" });
    await page.getByLabel("Model or route").fill("sim/sim-instant");
    await page.getByLabel("Text of message 1").fill("Good?");
    await page.getByRole("button", { name: "Run" }).click();
    await thumb(page, "up").click();
    await until(() => isPressed(thumb(page, "up")));
    await until(async () => {
      const { records } = await given.app.client.records.list({ filter: "kind:score AND name:thumb", limit: 1 });
      const { record } = await given.app.client.records.get({ id: records[0]?.id ?? "none" });
      const of = "score" in record ? record.score?.of : undefined;
      if (of?.id === undefined) return false;
      const call = await given.app.client.calls.get({ id: of.id });
      return call.messages.some(({ text }) => text === "Good?");
    });
  });
});

async function report({ url, key }: { url: string; key: string }, call: CallDetail): Promise<void> {
  const nanos = `${Date.now()}000000`;
  const text = (name: string, stringValue: string) => ({ key: name, value: { stringValue } });
  const attributes = [
    text("gen_ai.operation.name", "evaluate"),
    text("gen_ai.evaluation.name", "judge"),
    { key: "gen_ai.evaluation.score.value", value: { doubleValue: 0.75 } },
  ];
  const span = {
    traceId: call.trace_id,
    spanId: "00f067aa0ba902b7",
    parentSpanId: call.span_id,
    name: "judge",
    kind: 1,
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes,
  };
  const response = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  expect(response.status).toBe(200);
}
