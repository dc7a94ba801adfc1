// Each channel against a receiver that speaks the real protocol.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { createFetch } from "../../network/index.ts";
import { type MailReceiver, serveMail } from "../../../test/support/receivers/mail.ts";
import { servePagerduty, serveSigned, serveSlack, serveTeams } from "../../../test/support/receivers/webhooks.ts";
import type { Alert } from "../states/alert.ts";
import { channelSchema } from "./config.ts";
import { createChannels } from "./create-channels.ts";
import type { Channel, Message } from "./message.ts";
import { readRetryAfter } from "./post-json.ts";
import { signWebhook } from "./webhook.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const NOW_MS = Date.UTC(2026, 10, 18, 12);
/** Longer than any of these receivers takes on any machine. */
const PATIENCE_MS = 60_000;
const LOGIN = { user: "binnacle", password: "a word" };

const slack = serveSlack();
const teams = serveTeams();
const pagerduty = servePagerduty("R0UTINGKEY");
const signed = serveSigned(SECRET, () => NOW_MS);
let mail: MailReceiver;
beforeAll(async () => {
  mail = await serveMail(LOGIN);
});
afterAll(async () => {
  await Promise.all([slack.close(), teams.close(), pagerduty.close(), signed.close(), mail.close()]);
});

const env: Record<string, string> = { KEY: "R0UTINGKEY", SECRET, PASSWORD: LOGIN.password };

function channel(config: Record<string, unknown>, more: Record<string, string> = {}): Channel {
  const world = createWorld({ nowMs: () => NOW_MS, fetch: createFetch({ other: fetch, usesProxy: false }) });
  const secrets = { env: { ...env, ...more }, readFile: () => "" };
  const made = createChannels({ it: channelSchema.parse(config) }, { world, timeoutMs: PATIENCE_MS, secrets });
  const it = made.get("it");
  if (!it) throw new Error("no channel");
  return it;
}

function alert(overrides: Partial<Alert> = {}): Alert {
  return {
    id: "019a0000-0000-7000-8000-000000000001",
    rule: "errors",
    kind: "error_spike",
    labels: { route: "fast <b>&*" },
    severity: "critical",
    state: "firing",
    reason: null,
    value: 0.42,
    threshold: 0.05,
    unit: "share",
    facts: { bad: 42, events: 100 },
    sinceMs: NOW_MS - 60_000,
    firedAtMs: NOW_MS,
    resolvedAtMs: null,
    wellSinceMs: null,
    seenAtMs: NOW_MS,
    ...overrides,
  };
}

function message(overrides: Partial<Message> = {}): Message {
  const firing = overrides.firing ?? [alert()];
  const resolved = overrides.resolved ?? [];
  return {
    id: "019a0000-0000-7000-8000-00000000000a",
    atMs: NOW_MS,
    group: "g",
    isTest: false,
    isRepeated: false,
    firing,
    resolved,
    firingCount: firing.length,
    resolvedCount: resolved.length,
    descriptions: { errors: "Look at <the vendor>." },
    link: "https://binnacle.example.com",
    ...overrides,
  };
}

const over = alert({ state: "resolved", resolvedAtMs: NOW_MS });
const nothing = { firing: [], resolved: [] };

describe("Slack", () => {
  const it = () => channel({ kind: "slack", url: "env:URL" }, { URL: `${slack.url}/services/T/B/x` });

  test("takes alerts, the end of them, and tests; its markup cannot be broken out of", async () => {
    expect(await it().send(message())).toEqual({ ok: true, detail: "ok" });
    expect(await it().send(message({ firing: [], resolved: [over] }))).toMatchObject({ ok: true });
    expect(await it().send(message({ ...nothing, isTest: true }))).toMatchObject({ ok: true });
    expect(slack.refused).toEqual([]);
    const [first] = slack.heard;
    expect(first?.body.text).toBe("Firing: errors (route fast &lt;b&gt;&amp;*)");
    const section = first?.body.blocks.find(({ type }) => type === "section")?.text?.text;
    expect(section).toContain("The share of calls that fail is 42.0 %, where 5.0 % is the bound.");
    expect(section).toContain("_Look at &lt;the vendor&gt;._");
  });

  test("gets no more of a message than it takes", async () => {
    const long = alert({ labels: { user: "x".repeat(5000) } });
    const sent = await it().send(message({ firing: Array.from({ length: 10 }, () => long), firingCount: 4000 }));
    expect(sent).toMatchObject({ ok: true });
    expect(slack.heard.at(-1)?.body.blocks.at(-1)?.elements?.[0]?.text).toStartWith("and 3990 more");
  });

  test("says what it does not take, and when to come back", async () => {
    slack.scripted.push(new Response("invalid_payload", { status: 400 }));
    slack.scripted.push(new Response("rate_limited", { status: 429, headers: { "retry-after": "30" } }));
    expect(await it().send(message())).toMatchObject({ isFinal: true, status: 400, why: "invalid_payload" });
    expect(await it().send(message())).toMatchObject({ isFinal: false, status: 429, retryAfterMs: 30_000 });
  });
});

describe("PagerDuty", () => {
  const it = () => channel({ kind: "pagerduty", routing_key: "env:KEY", base_url: pagerduty.url });

  test("opens an incident for an alert and resolves the same one", async () => {
    expect(await it().send(message())).toMatchObject({ ok: true, detail: expect.stringContaining("Event processed") });
    expect(await it().send(message({ firing: [], resolved: [over] }))).toMatchObject({ ok: true });
    const [trigger, resolve] = pagerduty.heard.map(({ body }) => body);
    expect(trigger).toMatchObject({ event_action: "trigger", payload: { severity: "critical", source: "binnacle" } });
    expect(trigger?.payload?.custom_details).toMatchObject({ route: "fast <b>&*", bad: 42 });
    expect(resolve).toMatchObject({ event_action: "resolve", dedup_key: trigger?.dedup_key });
  });

  test("is left without an incident after a test", async () => {
    pagerduty.heard.length = 0;
    await it().send(message({ ...nothing, isTest: true }));
    expect(pagerduty.heard.map(({ body }) => body.event_action)).toEqual(["trigger", "resolve"]);
    expect(pagerduty.refused).toEqual([]);
  });

  test("says why it takes no event", async () => {
    const wrong = channel({ kind: "pagerduty", routing_key: "env:WRONG", base_url: pagerduty.url }, { WRONG: "x" });
    expect(await wrong.send(message())).toMatchObject({
      isFinal: true,
      status: 400,
      why: expect.stringMatching(/routing_key/),
    });
  });
});

test("Teams takes a card, and one of the most alerts that a message shows", async () => {
  const it = channel({ kind: "teams", url: "env:URL" }, { URL: `${teams.url}/workflows/1/triggers/manual?sig=x` });
  expect(await it.send(message())).toMatchObject({ ok: true });
  const many = Array.from({ length: 10 }, () => alert({ labels: { user: "u".repeat(200), model: "m".repeat(200) } }));
  expect(
    await it.send(message({ firing: many, resolved: many.map((each) => ({ ...each, ...over })), firingCount: 99 })),
  ).toMatchObject({ ok: true });
  expect(await it.send(message({ ...nothing, isTest: true }))).toMatchObject({ ok: true });
  expect(teams.refused).toEqual([]);
  expect(teams.heard[0]?.body.attachments[0]?.content.body[0]?.text).toBe(
    String.raw`Firing: errors \(route fast <b\>&\*\)`,
  );
});

describe("a signed webhook", () => {
  test("has the signature of the standard's own example", () => {
    const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
    const given = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
    expect(signWebhook(key, given)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  test("is believed by its receiver, and not with another secret", async () => {
    const it = channel({ kind: "webhook", url: signed.url, secret: "env:SECRET" });
    expect(await it.send(message())).toMatchObject({ ok: true });
    expect(signed.heard[0]?.body).toMatchObject({ type: "alerts.notice", data: { firing: [{ rule: "errors" }] } });
    const other = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
    const wrong = channel({ kind: "webhook", url: signed.url, secret: "env:OTHER" }, { OTHER: other });
    expect(await wrong.send(message())).toMatchObject({ ok: false, status: 401, isFinal: true });
  });

  test("does not follow where it is led", async () => {
    signed.heard.length = 0;
    signed.scripted.push(Response.redirect(`${signed.url}/elsewhere`, 307));
    const it = channel({ kind: "webhook", url: signed.url, secret: "env:SECRET" });
    expect(await it.send(message())).toMatchObject({
      ok: false,
      isFinal: true,
      why: expect.stringContaining("redirect"),
    });
    expect(signed.heard).toEqual([]);
  });
});

describe("e-mail", () => {
  const it = (password = "env:PASSWORD") =>
    channel(
      {
        kind: "email",
        host: "127.0.0.1",
        port: mail.port,
        security: "none",
        user: LOGIN.user,
        password,
        from: "binnacle@example.com",
        to: ["ops@example.com", "ada@example.com"],
      },
      { WRONG: "another word" },
    );

  test("comes as text and as HTML, under the same id each time", async () => {
    expect(await it().send(message())).toMatchObject({ ok: true });
    expect(await it().send(message())).toMatchObject({ ok: true });
    const [first, second] = mail.mails;
    expect(first?.to).toEqual(["ops@example.com", "ada@example.com"]);
    for (const word of ["text/plain", "text/html", "fast &lt;b&gt;&amp;*", "Subject: [Binnacle] Firing: errors"])
      expect(first?.raw.replaceAll(/=\r?\n/g, "")).toContain(word);
    const idOf = (raw = ""): string | undefined => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim();
    expect(idOf(first?.raw)).toBe("<019a0000-0000-7000-8000-00000000000a@example.com>");
    expect(idOf(second?.raw)).toBe(idOf(first?.raw));
  });

  test("that is refused for good is not tried again; anything else is", async () => {
    mail.scripted.push(550, 550);
    expect(await it().send(message())).toMatchObject({ ok: false, isFinal: true, status: 550 });
    mail.scripted.push(450, 450);
    expect(await it().send(message())).toMatchObject({ ok: false, isFinal: false, status: 450 });
    expect(await it("env:WRONG").send(message())).toMatchObject({ ok: false, isFinal: false, status: 535 });
  });

  test("without encryption where it is asked for is not sent", async () => {
    const safe = channel({ kind: "email", host: "127.0.0.1", port: mail.port, from: "a@b.c", to: ["d@e.f"] });
    expect(await safe.send(message())).toMatchObject({ ok: false, isFinal: false });
  });
});

describe("a receiver", () => {
  test("that cannot be reached is tried again", async () => {
    const gone = channel({ kind: "slack", url: "env:URL" }, { URL: "http://127.0.0.1:1" });
    expect(await gone.send(message())).toMatchObject({ ok: false, isFinal: false, status: null });
  });

  test("that never answers is given up after the time-out", async () => {
    const mute = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Promise<Response>(() => undefined) });
    const secrets = { env: { URL: `http://127.0.0.1:${mute.port}` }, readFile: () => "" };
    const world = createWorld({ fetch: createFetch({ other: fetch, usesProxy: false }) });
    const config = { it: channelSchema.parse({ kind: "slack", url: "env:URL" }) };
    const sent = await createChannels(config, { world, timeoutMs: 50, secrets }).get("it")?.send(message());
    expect(sent).toMatchObject({ ok: false, isFinal: false, why: "no answer within 50 ms" });
    await mute.stop(true);
  });

  test.each([
    ["120", 120_000],
    [new Date(NOW_MS + 5000).toUTCString(), 5000],
    [new Date(NOW_MS - 5000).toUTCString(), 0],
    ["soon", undefined],
    [null, undefined],
  ])("that says retry-after %p asks for a wait of %p ms", (text, wait) => {
    expect(readRetryAfter(text, NOW_MS)).toBe(wait);
  });
});

describe("a secret", () => {
  test.each([
    [{ kind: "slack", url: "env:NONE" }, "kernel.secret_missing"],
    [{ kind: "slack", url: "env:KEY" }, "alerts.bad_secret"],
    [{ kind: "webhook", url: "http://x.test", secret: "env:KEY" }, "alerts.bad_secret"],
  ])("that does not hold is told at the start: %p", (config, code) => {
    expect(() => channel(config)).toThrow(expect.objectContaining({ code }));
  });
});
