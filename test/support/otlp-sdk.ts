// What OpenTelemetry's own exporters send, caught on its way: the bytes are theirs, not ours.
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import type { Tracer } from "@opentelemetry/api";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Lets the exporters of both encodings send the same spans; gives the bodies that they sent. */
export async function captureTraces(
  record: (tracer: Tracer) => void,
): Promise<{ json: Uint8Array; protobuf: Uint8Array }> {
  const bodies = new Map<string, Uint8Array>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      bodies.set(new URL(request.url).pathname, await request.bytes());
      return new Response(null, { status: 200 });
    },
  });
  const exporters = [
    new JsonExporter({ url: `${server.url.href}json` }),
    new ProtobufExporter({ url: `${server.url.href}protobuf` }),
  ];
  const provider = new BasicTracerProvider({ spanProcessors: exporters.map((each) => new SimpleSpanProcessor(each)) });
  record(provider.getTracer("a library", "1.2.3"));
  await provider.forceFlush();
  await provider.shutdown();
  await server.stop(true);
  const [json, protobuf] = [bodies.get("/json"), bodies.get("/protobuf")];
  if (!json || !protobuf) throw new Error("an exporter sent nothing");
  return { json, protobuf };
}
