// Receivers of alerts that speak HTTP, as their vendors document them: they look at what comes, and answer as the vendors do.
import { createHmac, timingSafeEqual } from "node:crypto";

export interface Heard<T> {
  path: string;
  body: T;
}

export interface Receiver<T> {
  url: string;
  heard: Heard<T>[];
  /** What was refused, and why. */
  refused: string[];
  /** The next requests get these instead; undefined: as always. */
  scripted: (Response | undefined)[];
  /** While true, connections are taken and closed without a word. */
  isDown: boolean;
  close(): Promise<void>;
}

/** Undefined where the body is as documented, else what the vendor says of it. */
type Judge<T> = (request: Request, text: string, body: T) => Response | undefined;

function serveReceiver<T>(judge: Judge<T>, accept: (body: T) => Response): Receiver<T> {
  const heard: Heard<T>[] = [];
  const refused: string[] = [];
  const receiver: Receiver<T> = {
    url: "",
    heard,
    refused,
    scripted: [],
    isDown: false,
    close: () => server.stop(true),
  };
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const text = await request.text();
      if (receiver.isDown) return new Response("the receiver is down", { status: 503 });
      const answer = receiver.scripted.shift();
      if (answer) return answer;
      const body = parse(text) as T;
      const refusal = request.method !== "POST" ? new Response("method", { status: 405 }) : judge(request, text, body);
      if (refusal) {
        refused.push(`${refusal.status} ${await refusal.clone().text()}`);
        return refusal;
      }
      heard.push({ path: new URL(request.url).pathname, body });
      return accept(body);
    },
  });
  receiver.url = `http://127.0.0.1:${server.port}`;
  return receiver;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isText = (value: unknown, max: number): boolean =>
  typeof value === "string" && value.length > 0 && value.length <= max;

interface SlackBlock {
  type: string;
  text?: { type: string; text: string };
  elements?: { type: string; text: string }[];
}
export interface SlackBody {
  text: string;
  blocks: SlackBlock[];
}

/** An incoming webhook: "ok", 400 invalid_payload, 400 invalid_blocks; `scripted` may hold a 429 with retry-after. */
export function serveSlack(): Receiver<SlackBody> {
  const refuse = (why: string) => new Response(why, { status: 400 });
  return serveReceiver<SlackBody>(
    (request, _, body) => {
      if (!request.headers.get("content-type")?.startsWith("application/json")) return refuse("invalid_payload");
      if (typeof body !== "object" || !isText(body.text, 40_000)) return refuse("invalid_payload");
      if (!Array.isArray(body.blocks) || body.blocks.length > 50) return refuse("invalid_blocks");
      return body.blocks.every(isSlackBlock) ? undefined : refuse("invalid_blocks");
    },
    () => new Response("ok", { headers: { "content-type": "text/html" } }),
  );
}

function isSlackBlock({ type, text, elements }: SlackBlock): boolean {
  if (type === "header") return text?.type === "plain_text" && isText(text.text, 150);
  if (type === "section") return text?.type === "mrkdwn" && isText(text.text, 3000);
  return type === "context" && elements !== undefined && elements.length > 0 && elements.length <= 10;
}

export interface PagerdutyBody {
  routing_key: string;
  event_action: string;
  dedup_key?: string;
  payload?: { summary: string; source: string; severity: string; timestamp?: string; custom_details?: unknown };
}

/** Events API v2: 202 with the dedup_key, 400 for an event that does not hold. */
export function servePagerduty(routingKey: string): Receiver<PagerdutyBody> {
  const refuse = (...errors: string[]) =>
    Response.json({ status: "invalid event", message: "Event object is invalid", errors }, { status: 400 });
  return serveReceiver<PagerdutyBody>(
    (request, _, body) => {
      if (new URL(request.url).pathname !== "/v2/enqueue") return new Response("not found", { status: 404 });
      if (typeof body !== "object") return refuse("not JSON");
      if (body.routing_key !== routingKey) return refuse("'routing_key' is invalid");
      if (!["trigger", "acknowledge", "resolve"].includes(body.event_action))
        return refuse("'event_action' is invalid");
      if (body.dedup_key !== undefined && !isText(body.dedup_key, 255)) return refuse("'dedup_key' is too long");
      if (body.event_action !== "trigger")
        return body.dedup_key === undefined ? refuse("'dedup_key' is missing") : undefined;
      const { summary, source, severity, timestamp } = body.payload ?? {};
      if (!isText(summary, 1024)) return refuse("'payload.summary' is missing or blank");
      if (!isText(source, 1000)) return refuse("'payload.source' is missing or blank");
      if (!["critical", "error", "warning", "info"].includes(severity ?? ""))
        return refuse("'payload.severity' is invalid");
      return timestamp !== undefined && Number.isNaN(Date.parse(timestamp)) ? refuse("'payload.timestamp'") : undefined;
    },
    ({ dedup_key }) =>
      Response.json({ status: "success", message: "Event processed", dedup_key: dedup_key ?? "made" }, { status: 202 }),
  );
}

export interface TeamsBody {
  type: string;
  attachments: {
    contentType: string;
    content: { type: string; version: string; body: { type: string; text?: string }[] };
  }[];
}

const TEAMS_BYTES_MAX = 28 * 1024;

/** A workflow's webhook: 202 for a message with Adaptive Cards, 400 for what its trigger does not take, 413 beyond 28 KB. */
export function serveTeams(): Receiver<TeamsBody> {
  const refuse = (message: string) =>
    Response.json({ error: { code: "TriggerInputSchemaMismatch", message } }, { status: 400 });
  return serveReceiver<TeamsBody>(
    (_, text, body) => {
      if (text.length > TEAMS_BYTES_MAX) return new Response("too large", { status: 413 });
      if (typeof body !== "object" || body.type !== "message") return refuse("type");
      if (!Array.isArray(body.attachments) || body.attachments.length === 0) return refuse("attachments");
      const isCard = body.attachments.every(
        ({ contentType, content }) =>
          contentType === "application/vnd.microsoft.card.adaptive" &&
          content.type === "AdaptiveCard" &&
          /^1\.[0-5]$/.test(content.version) &&
          content.body.every(({ type, text: words }) => type !== "TextBlock" || isText(words, 10_000)),
      );
      return isCard ? undefined : refuse("card");
    },
    () => new Response(null, { status: 202 }),
  );
}

export interface SignedBody {
  type: string;
  timestamp: string;
  data: { id: string; title: string; firing: { rule: string }[]; resolved: { rule: string }[] };
}

const TOLERANCE_S = 300;

/** A receiver after standardwebhooks.com: 401 for a signature or a time that does not hold. */
export function serveSigned(secret: string, nowMs: () => number): Receiver<SignedBody> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return serveReceiver<SignedBody>(
    ({ headers }, text) => {
      const [id, time] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
      if (id === null || time === null) return new Response("missing headers", { status: 401 });
      if (Math.abs(nowMs() / 1000 - Number(time)) > TOLERANCE_S) return new Response("too old", { status: 401 });
      const expected = createHmac("sha256", key).update(`${id}.${time}.${text}`).digest();
      const given = (headers.get("webhook-signature") ?? "").split(" ").map((each) => each.split(","));
      const holds = given.some(([version, signature = ""]) => {
        const bytes = Buffer.from(signature, "base64");
        return version === "v1" && bytes.length === expected.length && timingSafeEqual(bytes, expected);
      });
      return holds ? undefined : new Response("bad signature", { status: 401 });
    },
    () => new Response(null, { status: 204 }),
  );
}
