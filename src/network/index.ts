// The network's front door: requests to other servers, on connections that are kept.
export { createFetch } from "./fetch.ts";
