// The errors of this room: requests that do not hold, and what can go wrong with a vendor. A vendor's own words are
// kept in the message; whether another try can help is `retry`.
import { defineErrors } from "../kernel/index.ts";
import type { Dropped } from "./formats/dialect.ts";

interface VendorRefusal {
  /** `vendor/model`. */
  target: string;
  /** The vendor's HTTP status. */
  status: number;
  /** The vendor's message. */
  detail: string;
  vendorCode?: string | null;
  param?: string | null;
  retryAfterMs?: number;
}

export const providersErrors = defineErrors("providers", {
  bad_request: (p: { param: string | null; problem: string; fix: string }) => ({
    status: 400,
    message: p.param === null ? `The request ${p.problem}.` : `\`${p.param}\` ${p.problem}.`,
    fix: p.fix,
  }),
  not_translatable: (p: { target: string; dialect: string; dropped: readonly Dropped[] }) => ({
    status: 400,
    message: `${p.target} speaks ${p.dialect}, which cannot say ${p.dropped.map(({ what, why }) => `${what} (${why})`).join("; ")}.`,
    fix: "Leave it out, choose another target, or allow it to be dropped: strict_translation is on.",
  }),
  not_offered: (p: { target: string; operation: string }) => ({
    status: 400,
    message: `${p.target} does not offer ${p.operation}.`,
    fix: "Choose a model of a vendor that does; the guide on vendors has a table of what each offers.",
  }),
  bad_service_account: (p: { name: string }) => ({
    status: 500,
    message: `${p.name} is not the key of a Google service account.`,
    fix: "Download the key as JSON; it holds client_email and private_key. Name its file as file:/path.",
  }),
  no_access_token: (p: { url: string; detail: string }) => ({
    status: 502,
    retry: "now",
    message: `No access token could be had from ${p.url}: ${sentence(p.detail)}`,
    fix: "An operator must check the service account, or that this machine has an identity in Google Cloud.",
  }),
  broken_answer: (p: { detail: string }) => ({
    status: 502,
    retry: "now",
    message: `The answer cannot be given whole: ${sentence(p.detail)}`,
    fix: "Try again; if it goes on, look at the call's attempts.",
  }),
  vendor_unreachable: (p: { target: string; url: string }) => ({
    status: 502,
    retry: "now",
    message: `${p.target} could not be reached at ${withoutCredentials(p.url)}.`,
    fix: "Check the vendor's address and this machine's network; `binnacle doctor` tries both.",
  }),
  vendor_cut: (p: { target: string }) => ({
    status: 502,
    retry: "now",
    message: `${p.target} broke off its answer.`,
    fix: "Try again.",
  }),
  vendor_garbage: (p: { target: string; detail: string }) => ({
    status: 502,
    retry: "now",
    message: `${p.target} sent something that is not an answer: ${sentence(p.detail)}`,
    fix: "Check that the vendor's base_url ends where /chat/completions begins; else try again.",
  }),
  vendor_failed: (p: VendorRefusal) => ({
    status: p.status >= 500 && p.status < 600 ? p.status : 502,
    retry: "now",
    message: `${p.target} failed (${p.status}): ${sentence(p.detail)}`,
    fix: "Try again.",
  }),
  vendor_rate_limited: (p: VendorRefusal) => ({
    status: 429,
    retry: "later",
    message: `${p.target} is out of capacity for this credential: ${sentence(p.detail)}`,
    fix: "Wait as long as Retry-After says, or add another target to the route.",
  }),
  // The caller's own key is fine: a 401 or 403 would send them looking in the wrong place.
  vendor_denied: (p: VendorRefusal) => ({
    status: 502,
    retry: "now",
    message: `${p.target} did not accept Binnacle's credential (${p.status}): ${sentence(p.detail)}`,
    fix: "An operator must check the API key configured for this vendor.",
  }),
  vendor_refused: (p: VendorRefusal) => ({
    status: p.status,
    message: `${p.target} refused the request (${p.status}): ${sentence(p.detail)}`,
    fix: "Change the request as the vendor says.",
  }),
});

/** Vendors' messages end as they like; a fix follows them. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}
