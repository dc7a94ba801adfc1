// OTLP over gRPC, on a port of its own, where the config opens one. It takes exports as HTTP does and knows as little of what is
// in them. Of several processes, the first alone listens: gRPC's connections stay, and one process has them all.
import type { Metadata, sendUnaryData, Server, ServerUnaryCall } from "@grpc/grpc-js";
import { isAppError, sleep, toAppError } from "../../kernel/index.ts";
import { plainAddress } from "../../network/index.ts";
import { grpcCodeOf, type Signal, signals, writeOutcome } from "../../telemetry/index.ts";
import type { InterfacesConfig } from "../config.ts";
import { interfacesErrors } from "../errors.ts";
import { identifySender } from "../http/otlp/sender.ts";
import type { OtlpDeps } from "../http/otlp/routes.ts";

export interface GrpcServer {
  /** Listens, where the config says so and this is the first process. Throws `interfaces.cannot_listen` and `port_taken`. */
  start(): Promise<{ port: number } | undefined>;
  close(): Promise<void>;
}

export interface GrpcDeps extends OtlpDeps {
  /** The number of this process among those of the installation. */
  worker: number;
}

/** It comes when it is needed: most installations have no such port, and all would wait for it at their start. */
const loadGrpc = () => import("@grpc/grpc-js");
type Grpc = Awaited<ReturnType<typeof loadGrpc>>;

type Call = ServerUnaryCall<Buffer, Buffer>;

const SERVICES: Record<Signal, string> = {
  traces: "opentelemetry.proto.collector.trace.v1.TraceService",
  logs: "opentelemetry.proto.collector.logs.v1.LogsService",
  metrics: "opentelemetry.proto.collector.metrics.v1.MetricsService",
};
const pass = (bytes: Buffer): Buffer => bytes;

export function createGrpcServer(config: InterfacesConfig, deps: GrpcDeps): GrpcServer {
  const { host, otlp_grpc_port: port, shutdown_grace } = config;
  let server: Server | undefined;
  let isClosed = false;

  return {
    async start() {
      if (port === null || deps.worker !== 1) return undefined;
      const grpc = await loadGrpc();
      // Stopped while the library came.
      if (isClosed) return undefined;
      server = new grpc.Server({
        // A longer message is refused before it is read; it is unpacked by the library, within the same bound.
        "grpc.max_receive_message_length": deps.telemetry.bodyBytesMax,
        "grpc.max_concurrent_streams": 100,
      });
      for (const signal of signals) server.addService(serviceOf(signal), { Export: exporter(signal, grpc, deps) });
      return { port: await listen(server, { grpc, host, port }) };
    },
    async close() {
      isClosed = true;
      const closing = server;
      server = undefined;
      if (!closing) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      closing.tryShutdown(() => resolve());
      await Promise.race([promise, sleep(shutdown_grace)]);
      closing.forceShutdown();
    },
  };
}

function serviceOf(signal: Signal) {
  return {
    Export: {
      path: `/${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestSerialize: pass,
      requestDeserialize: pass,
      responseSerialize: pass,
      responseDeserialize: pass,
    },
  } as const;
}

function exporter(signal: Signal, grpc: Grpc, deps: GrpcDeps) {
  return (call: Call, answer: sendUnaryData<Buffer>): void => {
    take(signal, call, deps).then(
      (bytes) => answer(null, bytes),
      (error: unknown) => answer(statusOf(error, grpc, deps)),
    );
  };
}

async function take(signal: Signal, call: Call, deps: GrpcDeps): Promise<Buffer> {
  const { metadata, request } = call;
  const sender = await identifySender(deps, headersOf(metadata), () => plainAddress(call.getPeer()));
  const outcome = await deps.telemetry.take({
    signal,
    encoding: "protobuf",
    packing: null,
    statedBytes: request.length,
    readBody: () => Promise.resolve(request),
    sender,
  });
  return Buffer.from(writeOutcome(signal, "protobuf", outcome));
}

/** Those that may carry a key; metadata in bytes are none of them. */
function headersOf(metadata: Metadata): Headers {
  const headers = new Headers();
  for (const name of ["authorization", "x-api-key"]) {
    const [value] = metadata.get(name);
    if (typeof value === "string") headers.set(name, value);
  }
  return headers;
}

function statusOf(thrown: unknown, grpc: Grpc, { world }: GrpcDeps) {
  const error = toAppError(thrown);
  if (!isAppError(thrown)) world.log.error({ err: thrown }, "an export failed inside Binnacle");
  const metadata = new grpc.Metadata();
  if (error.retryAfterMs !== undefined) metadata.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  // gRPC sends it as a header: no line breaks.
  const details = `${error.message} ${error.fix}`.replaceAll(/\s+/g, " ");
  return { code: grpcCodeOf(error.status), details, metadata };
}

function listen(server: Server, { grpc, host, port }: { grpc: Grpc; host: string; port: number }): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const address = host.includes(":") ? `[${host}]` : host;
  server.bindAsync(`${address}:${port}`, grpc.ServerCredentials.createInsecure(), (cause, bound) => {
    if (!cause) return resolve(bound);
    if (cause.message.includes("EADDRINUSE")) return reject(interfacesErrors.port_taken({ host, port }, cause));
    return reject(interfacesErrors.cannot_listen({ host, port, why: cause.message }, cause));
  });
  return promise;
}
