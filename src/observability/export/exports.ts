// All places that our own calls are exported to. Without any, nothing listens and nothing is kept.
import { readFileSync } from "node:fs";
import { resolveSecret, type World } from "../../kernel/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";
import type { Ledger } from "../../ledger/index.ts";
import { spansOfCall } from "./call-spans.ts";
import type { ExportConfig } from "./config.ts";
import { readContent } from "./content.ts";
import type { ExportState } from "./contract.ts";
import { createExporter, type Exporter } from "./exporter.ts";
import { createGenAiMetrics, type GenAiMetrics } from "./gen-ai-metrics.ts";
import { createPost, type Post } from "./post.ts";
import { attributesOf } from "./wire/attributes.ts";
import type { MetricMessage, MetricsRequest, SpanMessage, TracesRequest } from "./wire/otlp.ts";

export interface Exports {
  /** Throws `kernel.secret_missing`. */
  start(): void;
  close(): Promise<void>;
  state(): ExportState[];
}

export interface ExportsDeps {
  world: World;
  ledger: Pick<Ledger, "subscribe" | "readBodies">;
  /** Where secrets are looked up. */
  env: Record<string, string | undefined>;
  version: string;
  /** Which of several processes this is. */
  worker: number;
}

const CLOSE_TIMEOUT_MS = 5000;
/** The last generation that the core conventions have whole. */
const SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.0";

interface Place {
  config: ExportConfig;
  exporter: Exporter | undefined;
  stopMetrics: (() => Promise<void>) | undefined;
}

export function createExports(configs: readonly ExportConfig[], deps: ExportsDeps): Exports {
  const { world, ledger } = deps;
  const metrics = createGenAiMetrics(world.nowMs());
  const wantsMetrics = configs.some(({ signals }) => signals.includes("metrics"));
  let places: Place[] = [];
  let stop: (() => void) | undefined;

  function hear(record: CallRecord): void {
    if (wantsMetrics) metrics.add(record);
    for (const { exporter } of places) exporter?.add(record);
  }

  return {
    start() {
      places = configs.map((config) => openPlace(config, metrics, deps));
      if (places.length > 0) stop = ledger.subscribe(hear);
    },
    async close() {
      stop?.();
      await Promise.all(
        places.flatMap(({ exporter, stopMetrics }) => [exporter?.close(CLOSE_TIMEOUT_MS), stopMetrics?.()]),
      );
    },
    state: () => places.map(stateOf),
  };
}

function openPlace(config: ExportConfig, metrics: GenAiMetrics, deps: ExportsDeps): Place {
  const { world, ledger, env } = deps;
  const sources = { env, readFile: (path: string) => readFileSync(path, "utf8") };
  const headers = Object.fromEntries(
    Object.entries(config.headers).map(([name, ref]) => [name, resolveSecret(ref, sources)]),
  );
  const post = createPost(config, { world, headers });
  const wrap = wrapperOf(config, deps);
  const spansOf = async (record: CallRecord): Promise<SpanMessage[]> =>
    spansOfCall(record, config.content ? await readContent(ledger, record, config.content_bytes_max) : undefined);
  return {
    config,
    exporter: config.signals.includes("traces")
      ? createExporter(config, {
          world,
          post,
          spansOf: config.content ? spansOf : spansOfCall,
          wrap: (spans) => ({ signal: "traces", request: wrap.spans(spans) }),
        })
      : undefined,
    stopMetrics: config.signals.includes("metrics")
      ? sendMetrics(config, { world, post, collect: () => wrap.metrics(metrics.collect(world.nowMs())) })
      : undefined,
  };
}

/** They count from the start on: one that is not taken is made up for by the next. The last is sent at the end. */
function sendMetrics(
  { metrics_interval, url }: ExportConfig,
  { world, post, collect }: { world: World; post: Post; collect(): MetricsRequest },
): () => Promise<void> {
  const ending = new AbortController();
  let last = Promise.resolve();
  let hasFailed = false;
  async function send(): Promise<void> {
    const request = collect();
    if (request.resourceMetrics[0]?.scopeMetrics[0]?.metrics.length === 0) return;
    const posted = await post({ signal: "metrics", request }, ending.signal);
    const isTaken = posted.outcome === "taken";
    if (!isTaken && !hasFailed) world.log.warn({ url, why: posted.why }, "metrics cannot be exported");
    hasFailed = !isTaken;
  }
  const timer = setInterval(() => void (last = last.then(send)), metrics_interval);
  timer.unref();
  return async () => {
    clearInterval(timer);
    const end = setTimeout(() => ending.abort(), CLOSE_TIMEOUT_MS);
    await last.then(send);
    clearTimeout(end);
  };
}

function wrapperOf({ service_name }: ExportConfig, { version, worker }: ExportsDeps) {
  const resource = {
    attributes: attributesOf({
      "service.name": service_name,
      "service.version": version,
      "service.instance.id": `${process.pid}-${worker}`,
    }),
  };
  const scope = { name: "binnacle", version };
  return {
    spans: (spans: SpanMessage[]): TracesRequest => ({
      resourceSpans: [{ resource, scopeSpans: [{ scope, spans, schemaUrl: SCHEMA_URL }] }],
    }),
    metrics: (metrics: MetricMessage[]): MetricsRequest => ({
      resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics, schemaUrl: SCHEMA_URL }] }],
    }),
  };
}

const NOTHING = { queued: 0, sent: 0, dropped: 0, rejected: 0, last_error: null };

function stateOf({ config: { url, protocol, signals }, exporter }: Place): ExportState {
  return { url: url.replace(/\/\/[^/@]*@/, "//"), protocol, signals, ...(exporter?.state() ?? NOTHING) };
}
