// The TLS listener. Bun's own server asks for client certificates and shows them to nobody, so connections end here, and their
// bytes go to a listener of this process on loopback that nobody else is told of (docs/decisions/0031). Who a connection is from
// is remembered by the port that it goes on from: nothing is written into requests, so nothing in a request can pretend it.
import { connect, type Socket } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import type { ClientCertificate } from "../../identity/index.ts";
import type { World } from "../../kernel/index.ts";
import type { Peers } from "../../workers/index.ts";
import { plainAddress } from "../../network/index.ts";
import { interfacesErrors } from "../errors.ts";
import { readAlternativeNames } from "./alternative-names.ts";
import type { TlsConfig } from "./config.ts";
import { areSame, readTlsFiles, type TlsFiles } from "./read-files.ts";

/** Whom a connection through the front is from. */
export interface FrontedConnection {
  address: string | undefined;
  certificate: ClientCertificate | undefined;
}

export interface TlsFront {
  /** Listens. Throws `interfaces.tls_file`, `interfaces.cannot_listen` and `interfaces.port_taken`. */
  start(innerPort: number): Promise<{ port: number }>;
  /** By the port that a connection on loopback comes from; undefined for one that did not come through here. */
  find(localPort: number): FrontedConnection | undefined;
  /** Takes no more connections; those that are open end with their requests, or with `cut`. */
  close(): void;
  cut(): void;
}

interface TlsFrontDeps {
  world: Pick<World, "log">;
  peers: Pick<Peers, "number" | "count" | "tlsPort">;
}

export function createTlsFront(config: TlsConfig, { world, peers }: TlsFrontDeps): TlsFront {
  const fronted = new Map<number, FrontedConnection>();
  const open = new Set<TLSSocket>();
  let server: Server | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let files: TlsFiles | undefined;

  function accept(socket: TLSSocket, innerPort: number): void {
    // Asked for, but not demanded: one that is shown must hold all the same.
    const certificate = socket.authorized ? readCertificate(socket) : undefined;
    const isShown = Object.keys(socket.getPeerCertificate()).length > 0;
    if (isShown && !socket.authorized) return void socket.destroy();
    open.add(socket);
    const address = plainAddress(socket.remoteAddress ?? "");
    const inner = connect(innerPort, "127.0.0.1", () => {
      const { localPort } = inner;
      if (localPort === undefined) return void socket.destroy();
      fronted.set(localPort, { address, certificate });
      inner.once("close", () => fronted.delete(localPort));
      socket.pipe(inner).pipe(socket);
    });
    inner.setNoDelay(true);
    endTogether(socket, inner);
    socket.once("close", () => open.delete(socket));
  }

  function reload(): void {
    try {
      const next = readTlsFiles(config);
      if (files && areSame(files, next)) return;
      // Throws for files that do not fit each other: one may be written before the other.
      server?.setSecureContext(contextOf(config, next));
      files = next;
      world.log.info("the certificate of the TLS listener was read again");
    } catch (err) {
      world.log.warn({ err }, "the files of the TLS listener do not hold; those before stay in use");
    }
  }

  return {
    async start(innerPort) {
      files = readTlsFiles(config);
      const at = { host: config.host, port: peers.tlsPort ?? config.port };
      const isShared = peers.count > 1;
      // Who shares a port is not told when a stranger shares it, too.
      if (isShared && peers.number === 1) await tryOut(makeServer(config, files), at);
      server = makeServer(config, files);
      server.on("secureConnection", (socket: TLSSocket) => accept(socket, innerPort));
      server.on("tlsClientError", (err) => world.log.debug({ err }, "a TLS handshake failed"));
      const port = await listen(server, { ...at, isShared });
      timer = setInterval(reload, config.reload_interval);
      timer.unref();
      return { port };
    },
    find: (localPort) => fronted.get(localPort),
    close() {
      clearInterval(timer);
      server?.close();
    },
    cut() {
      for (const socket of open) socket.destroy();
    },
  };
}

function contextOf({ min_version }: TlsConfig, { cert, key, ca }: TlsFiles) {
  return { cert, key, minVersion: `TLSv${min_version}` as const, ...(ca !== undefined && { ca: [ca] }) };
}

function makeServer(config: TlsConfig, files: TlsFiles): Server {
  const isRequired = config.client_certificates === "required";
  try {
    const server = createServer({
      ...contextOf(config, files),
      requestCert: files.ca !== undefined,
      rejectUnauthorized: files.ca !== undefined && isRequired,
      handshakeTimeout: config.handshake_timeout,
      ALPNProtocols: ["http/1.1"],
    });
    server.maxConnections = config.connections_max;
    return server;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw interfacesErrors.tls_file({ path: `${config.cert} and ${config.key}`, why }, cause);
  }
}

interface At {
  host: string;
  port: number;
  isShared?: boolean;
}

async function tryOut(server: Server, at: At): Promise<void> {
  await listen(server, at);
  await new Promise((resolve) => server.close(resolve));
}

function listen(server: Server, { host, port, isShared = false }: At): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const isTaken = "code" in cause && cause.code === "EADDRINUSE";
      const why = cause.message;
      reject(
        isTaken
          ? interfacesErrors.port_taken({ host, port }, cause)
          : interfacesErrors.cannot_listen({ host, port, why }, cause),
      );
    });
    server.listen({ port, host, reusePort: isShared }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Neither end outlives the other. */
function endTogether(one: Socket, other: Socket): void {
  for (const [each, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    each.on("error", () => each.destroy());
    each.once("close", () => peer.destroy());
  }
}

function readCertificate(socket: TLSSocket): ClientCertificate | undefined {
  const { raw, subject, valid_to } = socket.getPeerCertificate();
  if (!raw) return undefined;
  const { CN } = subject as { CN?: string | string[] };
  const validToMs = Date.parse(valid_to);
  return {
    ...readAlternativeNames(raw),
    commonName: typeof CN === "string" ? CN : undefined,
    // What cannot be read is over.
    validToMs: Number.isNaN(validToMs) ? 0 : validToMs,
  };
}
