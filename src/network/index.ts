// The network's front door: requests to other servers, on connections that are kept, and WebSockets to them.
export { createFetch } from "./fetch.ts";
export { createOpenSocket } from "./open-socket.ts";
