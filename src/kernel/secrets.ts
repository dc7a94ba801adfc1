// Resolves secret references. The environment and the file reader are handed in: the kernel does no I/O.
import { defineErrors } from "./errors.ts";

export interface SecretSources {
  env: Record<string, string | undefined>;
  readFile(path: string): string;
}

const secretErrors = defineErrors("kernel", {
  secret_missing: (p: { ref: string; why: string }) => ({
    status: 500,
    message: `The secret ${p.ref} cannot be read: ${p.why}.`,
    fix: p.ref.startsWith("env:")
      ? `Set the environment variable ${p.ref.slice(4)}.`
      : `Create the file ${p.ref.slice(5)} and let this user read it.`,
  }),
});

/** The secret behind `env:NAME` or `file:/path`, without surrounding white space. */
export function resolveSecret(ref: string, sources: SecretSources): string {
  if (ref.startsWith("env:")) {
    const value = sources.env[ref.slice(4)]?.trim();
    if (!value) throw secretErrors.secret_missing({ ref, why: "the variable is not set" });
    return value;
  }
  try {
    return sources.readFile(ref.slice(5)).trim();
  } catch (cause) {
    throw secretErrors.secret_missing({ ref, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}
