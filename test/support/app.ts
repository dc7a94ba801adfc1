// The whole program for a test: real HTTP on a free port, a database of its own on the test server, a throw-away home.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BinnacleClient, createClient } from "../../client/index.ts";
import { createApp } from "../../src/app.ts";
import { readAppConfig } from "../../src/app-config.ts";
import { createWorld, type World } from "../../src/kernel/index.ts";
import { createFetch, createOpenSocket, createPublicFetch } from "../../src/network/index.ts";
import { openHome } from "../../src/storage/index.ts";
import { startAppDatabase } from "./app-database.ts";
import type { TestDatabase } from "./database.ts";

export interface TestApp {
  url: string;
  /** Of the TLS listener, where the config has one. */
  tlsPort: number | null;
  /** Of OpenTelemetry by gRPC, where the config has it. */
  grpcPort: number | null;
  /** The first admin key. */
  key: string;
  home: string;
  client: BinnacleClient;
  /** POST /v1/chat/completions with the admin key, or another. */
  chat(
    body: unknown,
    options?: { key?: string; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
  /** Another config file in the place of the first; gives what takes effect at the next start only. */
  reload(yaml: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** YAML laid over the test's own settings. */
  config?: string;
  env?: Record<string, string>;
  world?: Partial<World>;
  /** An embedded PostgreSQL in the home, in place of a database on the test server. */
  ownDatabase?: boolean;
  /** A database that outlives this app, or that others have a part in; give them all one BINNACLE_SECRET. */
  database?: TestDatabase;
  /** A folder with console files. */
  consoleFolder?: string;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.ownDatabase ? undefined : (options.database ?? (await startAppDatabase()));
  const home = openHome(mkdtempSync(join(tmpdir(), "binnacle-app-")));
  const env = {
    BINNACLE__INTERFACES__PORT: "0",
    BINNACLE__PROVIDERS__FIND_LOCAL_SERVERS: "false",
    // On a busy machine a connection takes its time.
    ...(database && { DATABASE_URL: database.url, BINNACLE__STORAGE__CONNECT_TIMEOUT: "20s" }),
    ...(options.ownDatabase && { BINNACLE__STORAGE__EMBEDDED__DURABLE: "false" }),
    ...options.env,
  };
  const sources = { yaml: options.config, path: "test", env };
  const config = readAppConfig(sources);
  const own = createFetch({ other: fetch, usesProxy: false });
  const app = createApp(config, {
    world: createWorld({
      fetch: own,
      fetchPublic: createPublicFetch(config.network, { fetch: own }),
      openSocket: createOpenSocket(),
      ...options.world,
    }),
    home,
    env,
    configSources: sources,
    version: "0.0.0-test",
    consoleFolder: options.consoleFolder ?? join(home.path, "no-console"),
  });
  const { url, tlsPort, grpcPort, adminKey } = await app.start();
  // The first app of a database has made the key.
  const key = adminKey.isNew || options.ownDatabase ? readFileSync(adminKey.path, "utf8").trim() : "";
  return {
    url,
    tlsPort,
    grpcPort,
    key,
    home: home.path,
    client: createClient({ url, key }),
    chat: (body, { key: otherKey, headers, signal } = {}) =>
      fetch(`${url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${otherKey ?? key}`, ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
        ...(signal && { signal }),
      }),
    reload: (yaml) => app.reload(readAppConfig({ ...sources, yaml }), { ...sources, yaml }),
    async close() {
      await app.close();
      home.close();
      if (!options.database) await database?.close();
      rmSync(home.path, { recursive: true, force: true });
    },
  };
}
