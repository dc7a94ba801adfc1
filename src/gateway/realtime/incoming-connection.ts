// A Realtime connection as it comes in from an interface: who calls, and what model they want to talk to.
import type { IncomingCall } from "../incoming-call.ts";

export interface IncomingConnection extends Pick<
  IncomingCall,
  "principal" | "ip" | "startedMs" | "trace" | "priority" | "header"
> {
  model: string;
  /** Headers that the vendor should see too. */
  headers: Record<string, string>;
}
