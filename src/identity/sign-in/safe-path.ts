// Where somebody goes after signing in: a place of this console, whatever the address asked for.

const LENGTH_MAX = 2000;
const PLACE = "http://binnacle.invalid";

/** A path of our own, with its query and fragment; `/` for everything that could lead elsewhere. */
export function safePath(asked: string | null | undefined): string {
  if (!asked || asked.length > LENGTH_MAX || !asked.startsWith("/") || /[\\\p{Cc}\p{Zl}\p{Zp}]/u.test(asked))
    return "/";
  const url = URL.parse(asked, PLACE);
  if (url === null || url.origin !== PLACE) return "/";
  const path = url.pathname + url.search + url.hash;
  // Such as `/.//elsewhere`, which only becomes one when it is read.
  return path.startsWith("//") ? "/" : path;
}
