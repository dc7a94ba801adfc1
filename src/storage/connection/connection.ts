// Single connections to a server, and what their failures mean. The pool is in pool.ts.
import { Client, type ClientConfig } from "pg";

/** Where a server is and how to sign in. Holds a credential: never logged. */
export type Connection = ClientConfig;

/** Opens one connection within `timeoutMs`; so long may each statement take, too, unless it says otherwise. The caller ends it. */
export async function openClient(connection: Connection, timeoutMs: number): Promise<Client> {
  const client = new Client({
    application_name: "binnacle",
    keepAlive: true,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    ...connection,
  });
  // Without a listener, losing the connection would end the process. Statements under way are rejected all the same.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Host and port, or socket folder, and database: for people, without the credential. */
export function describeConnection({
  host = "",
  port,
  database = "",
}: Pick<Client, "host" | "port" | "database">): string {
  return `${host}${host.startsWith("/") ? "" : `:${port}`}/${database}`;
}

/** The same as an address, for another process on this machine. Holds the credential. */
export function urlOfConnection({ connectionString, host, port, user, password, database }: Connection): string {
  if (connectionString !== undefined) return connectionString;
  const query = new URLSearchParams({
    host: host ?? "",
    port: String(port),
    user: user ?? "",
    password: String(password),
    sslmode: "disable",
  });
  return `postgresql:///${database}?${query}`;
}

/** Sends the farewell without waiting: a server that hangs would never answer it. */
export function dropClient(client: Client): void {
  void client.end().catch(() => undefined);
}

/** One line on what went wrong, and never a credential: the driver puts none into its messages. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.message || codeOf(error) || error.name;
}

/** The system's or PostgreSQL's error code: `ECONNREFUSED`, `28P01`. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The server is there but not ready yet, or no longer: it is starting, recovering or stopping. */
export function isServerBusy(error: unknown): boolean {
  return codeOf(error) === "57P03";
}
