// What the pool and the watch need of a server, whoever runs it: embedded/embedded-server.ts or given-server.ts.
import type { Connection } from "./connection/connection.ts";

export interface Server {
  readonly kind: "embedded" | "given";
  /** Waits until the server answers, and says how to reach it. Throws an AppError that says what to mend. */
  start(): Promise<Connection>;
  /** For people: socket folder or host and port, and database. Never credentials. */
  address(): string;
  close(): Promise<void>;
}
