// What stops a request to an address that somebody else named.
import { defineErrors } from "../kernel/index.ts";

const ALLOW = "An operator may allow it: network.allow_private: [HOST or CIDR].";

export const networkErrors = defineErrors("network", {
  address_refused: (p: { host: string; why: string }) => ({
    status: 400,
    message: `${p.host} is not asked: ${p.why}.`,
    fix: `Name a server of the public internet. ${ALLOW}`,
  }),
  url_refused: (p: { why: string }) => ({
    status: 400,
    message: `This address cannot be asked: ${p.why}.`,
    fix: "Write a whole address that begins with https://, or http://, and holds no user name or password.",
  }),
  host_unknown: (p: { host: string; why: string }) => ({
    status: 502,
    retry: "later",
    message: `The name ${p.host} could not be looked up: ${p.why}.`,
    fix: "Check the spelling; `getent hosts NAME` on the server's machine shows what it knows.",
  }),
  too_slow: (p: { host: string; ms: number }) => ({
    status: 504,
    retry: "later",
    message: `${p.host} did not answer within ${p.ms} ms.`,
    fix: "Try again later, or raise network.timeout.",
  }),
  too_large: (p: { host: string; max: number }) => ({
    status: 502,
    message: `${p.host} answered with more than ${p.max} bytes.`,
    fix: "Look at what the address gives, or raise network.answer_bytes_max.",
  }),
  busy: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Already ${p.max} names of hosts are looked up.`,
    fix: "Try again in a moment, or raise network.lookups_max.",
  }),
});
