// Syslog as RFC 5424 writes it: over TCP and TLS with the length before each message (RFC 6587), over UDP one a datagram.
import { createSocket } from "node:dgram";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { AuditEntryView } from "../contract.ts";
import type { ReceiverConfig } from "../config.ts";

export type SyslogConfig = Extract<ReceiverConfig, { kind: "syslog" }>;

/** Log audit. */
const FACILITY = 13;
const SEVERITY = { ok: 6, failed: 4, refused: 4 } as const;
/** What a datagram may hold; what is longer is cut, and whole in the trail. */
const DATAGRAM_BYTES_MAX = 8192;

export function syslogMessage(entry: AuditEntryView, text: string): string {
  const priority = FACILITY * 8 + SEVERITY[entry.outcome];
  const kind = entry.action.replace(/[^\x21-\x7e]/g, "_").slice(0, 32) || "-";
  return `<${priority}>1 ${new Date(entry.at_ms).toISOString()} binnacle binnacle - ${kind} - \uFEFF${text}`;
}

/** Resolves when the other side has closed after all was written: a connection that breaks before that may have lost some. */
export async function sendSyslog(
  config: SyslogConfig,
  messages: readonly string[],
  { timeoutMs, ca }: { timeoutMs: number; ca: string | undefined },
): Promise<void> {
  if (config.transport === "udp") return sendDatagrams(config, messages);
  const framed = messages.map((message) => `${Buffer.byteLength(message)} ${message}`).join("");
  const { host, port } = config;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket =
    config.transport === "tls"
      ? connectTls({ host, port, servername: host, ...(ca !== undefined && { ca }) }, send)
      : connectPlain({ host, port }, send);
  function send(): void {
    socket.end(framed);
  }
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`nothing happened within ${timeoutMs} ms`)));
  socket.on("error", reject);
  // Some receivers say something; nobody waits for it, but it must be read for the connection to end.
  socket.resume();
  socket.on("close", () => resolve());
  return promise;
}

async function sendDatagrams({ host, port }: SyslogConfig, messages: readonly string[]): Promise<void> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  try {
    for (const message of messages) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const bytes = Buffer.from(message).subarray(0, DATAGRAM_BYTES_MAX);
      socket.send(bytes, port, host, (error) => (error ? reject(error) : resolve()));
      await promise;
    }
  } finally {
    socket.close();
  }
}
