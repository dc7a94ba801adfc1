// Errors of signing in. None tells whether a person exists.
import { defineErrors } from "../kernel/index.ts";

const ASK = "Ask an admin of this installation.";

export const identityErrors = defineErrors("identity", {
  unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Nobody can sign in while PostgreSQL is away.",
    fix: "Try again in a moment. API keys in a header work on, as far as they are known.",
  }),
  session_over: (p: { why: string }) => ({
    status: 401,
    message: `This session is over: ${p.why}.`,
    fix: "Sign in again.",
  }),
  csrf: () => ({
    status: 403,
    message: "This change was asked for by a cookie alone.",
    fix: "Send the session's csrf_token (GET /api/v1/session) in the header x-csrf-token, from the same origin; or use an API key.",
  }),
  wrong_credentials: () => ({
    status: 401,
    message: "The name or the password is not right.",
    fix: "Try again; an admin can send a new invitation with `binnacle people invite`.",
  }),
  too_many_tries: (p: { retryAfterMs: number }) => ({
    status: 429,
    retry: "later",
    message: `There were too many wrong passwords; try again in ${Math.ceil(p.retryAfterMs / 60_000)} min.`,
    fix: "Wait, sign in by passkey or provider, or from a browser where you have signed in before.",
  }),
  busy: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Too many passwords are being checked at this moment.",
    fix: "Try again in a moment, or raise identity.passwords.hashes_waiting_max.",
  }),
  too_many_under_way: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `${p.max} sign-ins are under way already.`,
    fix: "Wait for some to end, or raise identity.under_way_max; keys in a header work on.",
  }),
  password_weak: (p: { why: string }) => ({
    status: 400,
    message: `This password cannot be taken: ${p.why}.`,
    fix: "Choose a longer one; several words that do not belong together are good.",
  }),
  way_disabled: (p: { way: string }) => ({
    status: 404,
    message: `Nobody can sign in by ${p.way} here.`,
    fix: `Take one of the ways of GET /api/sign-in, or set identity.${p.way}s.enabled.`,
  }),
  invitation_invalid: () => ({
    status: 400,
    message: "This invitation is not valid: it was taken before, is too old, or was not copied whole.",
    fix: "Ask for a new one; `binnacle people invite` makes it.",
  }),
  person_unknown: (p: { user: string }) => ({
    status: 404,
    message: `There is no user ${JSON.stringify(p.user)} in the directory.`,
    fix: "`binnacle users list` shows those there are; `binnacle users create` makes one.",
  }),
  session_unknown: (p: { id: string }) => ({
    status: 404,
    message: `There is no session ${JSON.stringify(p.id)} of yours.`,
    fix: "The list shows those there are.",
  }),
  not_a_person: () => ({
    status: 403,
    message: "Only a person who is signed in can do this; this request came with a key.",
    fix: "Sign in to the console as a person.",
  }),
  passkey_refused: (p: { why: string }) => ({
    status: 401,
    message: `The passkey was not accepted: ${p.why}.`,
    fix: "Try again from the beginning; the browser's answer must come from this address and be new.",
  }),
  passkeys_full: (p: { max: number }) => ({
    status: 409,
    message: `You have ${p.max} passkeys already.`,
    fix: "Remove one first, or raise identity.passkeys.per_person_max.",
  }),
  passkey_unknown: (p: { id: string }) => ({
    status: 404,
    message: `There is no passkey ${JSON.stringify(p.id)} of yours.`,
    fix: "The list shows those there are.",
  }),
  provider_unknown: (p: { name: string }) => ({
    status: 404,
    message: `There is no provider ${JSON.stringify(p.name)}.`,
    fix: "GET /api/sign-in lists those there are; they stand in identity.oidc.providers and identity.saml.providers.",
  }),
  provider_down: (p: { name: string; why: string; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `The provider ${JSON.stringify(p.name)} cannot be reached: ${p.why}.`,
    fix: "Try again in a moment, or sign in another way. Sessions that were begun before go on.",
  }),
  sign_in_refused: (p: { name: string; why: string }) => ({
    status: 401,
    message: `The answer of ${JSON.stringify(p.name)} was not accepted: ${p.why}.`,
    fix: `Begin again from the sign-in page. ${ASK}`,
  }),
  no_such_person: (p: { name: string }) => ({
    status: 403,
    message: `The provider ${JSON.stringify(p.name)} knows you, but you have no user here.`,
    fix: `${ASK} They create a user of this name, or set the provider's \`people\` to create.`,
  }),
  account_taken: (p: { name: string }) => ({
    status: 403,
    message: `Another account of ${JSON.stringify(p.name)} goes by this user already.`,
    fix: `${ASK} \`binnacle people unlink\` lets go of the other account.`,
  }),
  logout_refused: (p: { why: string }) => ({
    status: 400,
    message: `This logout token was not accepted: ${p.why}.`,
    fix: "Look at the provider's settings of back-channel logout: issuer, client id, signature.",
  }),
  bad_secret: (p: { name: string; why: string }) => ({
    status: 500,
    message: `The provider ${JSON.stringify(p.name)} cannot be used: ${p.why}.`,
    fix: "Look at what its secret or certificates refer to.",
  }),
  invalid: (p: { why: string }) => ({
    status: 400,
    message: `This request does not hold: ${p.why}.`,
    fix: "Look at what is expected in the guide on signing in.",
  }),
  token_refused: (p: { why: string }) => ({
    status: 401,
    message: `This token is not valid: ${p.why}.`,
    fix: "Get a new one from its issuer, for an audience that identity.jwt.issuers names here.",
  }),
  token_without_grant: (p: { name: string; subject: string }) => ({
    status: 403,
    message: `The issuer ${JSON.stringify(p.name)} vouches for ${JSON.stringify(p.subject)}, but nothing is granted to it here.`,
    fix: "An operator adds a grant that fits its claims to identity.jwt.issuers.",
  }),
  issuer_down: (p: { name: string; why: string; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Tokens of ${JSON.stringify(p.name)} cannot be checked: its keys are not known. ${p.why}.`,
    fix: "Try again in a moment. An issuer on a private address must stand in network.allow_private.",
  }),
  verifying_full: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Already ${p.max} tokens are being verified.`,
    fix: "Try again in a moment, or raise identity.jwt.verifying_max.",
  }),
  certificate_refused: (p: { why: string }) => ({
    status: 401,
    message: `This client certificate is not valid: ${p.why}.`,
    fix: "Connect anew with another one.",
  }),
  certificate_without_grant: (p: { name: string }) => ({
    status: 403,
    message: `The client certificate of ${JSON.stringify(p.name)} is good, but nothing is granted to it here.`,
    fix: "An operator adds a grant that fits it to identity.mtls.grants.",
  }),
});
