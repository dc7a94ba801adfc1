// The network's front door: requests to other servers, on connections that are kept, and WebSockets to them.
export { type AddressList, createAddressList, isCidr, plainAddress } from "./addresses.ts";
export { networkConfigSchema, type NetworkConfig } from "./config.ts";
export { networkErrors } from "./errors.ts";
export { createFetch } from "./fetch.ts";
export { createOpenSocket } from "./open-socket.ts";
export type { Resolve } from "./public/choose-address.ts";
export { createPublicFetch } from "./public/fetch-public.ts";
export { type MailServer, sendMail } from "./mail/send-mail.ts";
