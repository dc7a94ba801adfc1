// The gateway's door for connections that last: OpenAI's Realtime protocol.
export type { IncomingConnection } from "./incoming-connection.ts";
export { openConnection, type RealtimeConnection } from "./open-connection.ts";
