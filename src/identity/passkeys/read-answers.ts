// What a browser answers to a request for a passkey, read from the wire.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { identityErrors } from "../errors.ts";

const text = z.string().max(100_000);

const credential = {
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}).default({}),
  authenticatorAttachment: z.enum(["cross-platform", "platform"]).optional().catch(undefined),
};

const attestationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});

const assertionSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.nullish().transform((handle) => handle ?? undefined),
  }),
});

const clientDataSchema = z.object({ challenge: z.string().min(1).max(500) });

/** Throws `identity.passkey_refused`. */
export function readAttestation(given: unknown): { response: RegistrationResponseJSON; challenge: string } {
  const response = readBy(attestationSchema, given);
  // Zod's optional fields may be undefined, which the library's need not; none of them is read where it is.
  return { response: response as RegistrationResponseJSON, challenge: challengeIn(response.response.clientDataJSON) };
}

/** Throws `identity.passkey_refused`. */
export function readAssertion(given: unknown): { response: AuthenticationResponseJSON; challenge: string } {
  const response = readBy(assertionSchema, given);
  return { response: response as AuthenticationResponseJSON, challenge: challengeIn(response.response.clientDataJSON) };
}

function readBy<T>(schema: z.ZodType<T>, given: unknown): T {
  const read = schema.safeParse(given);
  if (!read.success) throw identityErrors.passkey_refused({ why: "it is not what a browser answers" }, read.error);
  return read.data;
}

/** Only to find what was asked: the library compares it once more. */
function challengeIn(clientDataJSON: string): string {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"));
    return clientDataSchema.parse(said).challenge;
  } catch (cause) {
    throw identityErrors.passkey_refused({ why: "it does not say what it answers" }, cause);
  }
}
