// GET /v1/realtime: a caller's WebSocket, from its upgrade to its close. What goes over it is the gateway's business.
import type { Server, ServerWebSocket, WebSocketHandler } from "bun";
import type { Principal } from "../../../governance/index.ts";
import type { RealtimeConnection } from "../../../gateway/index.ts";
import { sayableClose, type Socket, type SocketListener } from "../../../kernel/index.ts";
import { interfacesErrors } from "../../errors.ts";
import { type Callers, identifyByKey, identifyKey } from "../credential.ts";
import { readPriority, readTrace } from "./read-trace.ts";
import { errorResponse } from "./respond.ts";
import type { ModelApiDeps } from "./serve-call.ts";

/** What Bun keeps with a caller's WebSocket. */
export interface CallerSocketData {
  connection: RealtimeConnection;
  listener?: SocketListener;
}

export interface RealtimeDoor {
  /** Answers refusals; undefined once the connection is a WebSocket. */
  upgrade(request: Request, server: Server<CallerSocketData>): Promise<Response | undefined>;
  readonly websocket: WebSocketHandler<CallerSocketData>;
  /** Lets each connection end as soon as no response is awaited on it. */
  close(): void;
}

const PROTOCOL = "realtime";
/** Browsers cannot set headers: what would stand there, they say as names of protocols. */
const KEY_PREFIX = "openai-insecure-api-key.";
const BETA_PREFIX = "openai-beta.";
/** Bun drops what goes beyond it; how much may wait is bounded by the gateway, which knows how to slow the other side. */
const UNBOUNDED = 2 ** 31 - 1;
const IDLE_TIMEOUT_S = 120;

export function createRealtimeDoor(deps: ModelApiDeps): RealtimeDoor {
  const open = new Set<RealtimeConnection>();
  let isClosing = false;
  return {
    async upgrade(request, server) {
      try {
        return await upgradeRequest(request, server, deps);
      } catch (error) {
        return errorResponse(error, deps.world);
      }
    },
    websocket: {
      maxPayloadLength: deps.config.body_bytes_max,
      backpressureLimit: UNBOUNDED,
      // Bun pings by itself; an end that is gone without a word does not answer.
      idleTimeout: IDLE_TIMEOUT_S,
      open(bunSocket) {
        open.add(bunSocket.data.connection);
        bunSocket.data.listener = bunSocket.data.connection.accept(socketOf(bunSocket));
        if (isClosing) bunSocket.data.connection.leave();
      },
      message: ({ data }, frame) => data.listener?.onFrame(frame),
      ping: ({ data }, payload) => data.listener?.onPing(payload),
      close({ data }, code, reason) {
        open.delete(data.connection);
        data.listener?.onClose(code, reason);
      },
    },
    close() {
      isClosing = true;
      for (const connection of open) connection.leave();
    },
  };
}

async function upgradeRequest(
  request: Request,
  server: Server<CallerSocketData>,
  deps: ModelApiDeps,
): Promise<Response | undefined> {
  const { gateway, world, addressOf } = deps;
  const startedMs = world.monotonicMs();
  const { headers } = request;
  server.timeout(request, 0);
  const protocols = protocolsOf(headers);
  const principal = await identifyCaller(request, protocols, deps);
  if (headers.get("upgrade")?.toLowerCase() !== "websocket") throw interfacesErrors.not_a_websocket({});
  const connection = await gateway.connect({
    principal,
    model: modelOf(request),
    ip: () => addressOf(request),
    headers: forwardedOf(headers, protocols),
    startedMs,
    priority: readPriority(headers),
    trace: readTrace(headers),
    header: (name) => headers.get(name),
  });
  const said: Record<string, string> = { "x-request-id": connection.id, "x-binnacle-target": connection.target };
  if (protocols.includes(PROTOCOL)) said["sec-websocket-protocol"] = PROTOCOL;
  if (server.upgrade(request, { data: { connection }, headers: said })) return undefined;
  connection.abandon();
  throw interfacesErrors.not_a_websocket({});
}

function protocolsOf(headers: Headers): string[] {
  return headers.get("sec-websocket-protocol")?.split(/\s*,\s*/) ?? [];
}

function identifyCaller(request: Request, protocols: string[], callers: Callers): Promise<Principal> {
  const key = protocols.find((name) => name.startsWith(KEY_PREFIX))?.slice(KEY_PREFIX.length);
  const isInHeader = key === undefined || request.headers.has("authorization");
  return isInHeader ? identifyByKey(callers, request) : identifyKey(callers, request, key);
}

/** Throws `interfaces.no_realtime_model`. */
function modelOf({ url }: Request): string {
  const model = new URL(url).searchParams.get("model");
  if (!model) throw interfacesErrors.no_realtime_model({});
  return model;
}

/** Which version of the protocol the caller speaks, as the vendor must know. */
function forwardedOf(headers: Headers, protocols: string[]): Record<string, string> {
  const named = protocols.find((name) => name.startsWith(BETA_PREFIX))?.slice(BETA_PREFIX.length);
  const beta = headers.get("openai-beta") ?? named?.replace(/-(?=v\d+$)/, "=");
  return beta === undefined ? {} : { "openai-beta": beta };
}

function socketOf(bunSocket: ServerWebSocket<CallerSocketData>): Socket {
  return {
    send: (frame) => void bunSocket.send(frame as string | Uint8Array<ArrayBuffer>),
    ping: (data) => void bunSocket.ping(data as Uint8Array<ArrayBuffer>),
    close(code, reason) {
      // The answer to our good-bye would wait behind the pause.
      bunSocket.resume();
      bunSocket.close(...sayableClose(code, reason));
    },
    terminate: () => bunSocket.terminate(),
    pause: () => bunSocket.pause(),
    resume: () => bunSocket.resume(),
    bufferedBytes: () => bunSocket.getBufferedAmount(),
  };
}
