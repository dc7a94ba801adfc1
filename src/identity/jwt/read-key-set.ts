// A set of public keys, as an issuer gives it (RFC 7517): what is of use in it, within a bound. Secrets are no public keys and
// are left out, so that no token can be signed with what everybody may read.
import type { JWK } from "jose";
import { z } from "zod";

const keySchema = z.looseObject({
  kty: z.enum(["RSA", "EC", "OKP"]),
  kid: z.string().max(500).optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
});
const setSchema = z.object({ keys: z.array(z.unknown()) });

export type PublicKey = z.output<typeof keySchema> & JWK;

/** Throws an Error that says what is wrong with it. */
export function readKeySet(text: string, keysMax: number): PublicKey[] {
  const set = setSchema.safeParse(parse(text));
  if (!set.success) throw new Error("its keys are not a set of keys");
  const { keys } = set.data;
  if (keys.length > keysMax) throw new Error(`its set has ${keys.length} keys, more than ${keysMax}`);
  return keys.flatMap((each) => {
    const key = keySchema.safeParse(each);
    return key.success && key.data.use !== "enc" ? [key.data as PublicKey] : [];
  });
}

const KTY_OF_ALGORITHM: Record<string, PublicKey["kty"]> = { R: "RSA", P: "RSA", E: "EC" };

/** The one key that a token's head means; undefined where there is none, or it cannot be told which. */
export function chooseKey(
  keys: readonly PublicKey[],
  { kid, alg }: { kid: string | undefined; alg: string },
): PublicKey | undefined {
  const kty = alg.startsWith("Ed") ? "OKP" : KTY_OF_ALGORITHM[alg[0] ?? ""];
  const fitting = keys.filter(
    (key) => key.kty === kty && (key.alg ?? alg) === alg && (kid === undefined || key.kid === kid),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
