// Addresses with a name and a password in them: `https://name:password@host`. Those of databases are the secrets' part.
import type { Finder } from "../scanning/finder.ts";

const BEFORE_AT_MAX = 128;
const SCHEME_MAX = 12;

export const urlCredentialsFinder: Finder = {
  kinds: ["url_credentials"],
  find({ text, ats, colons }, matches) {
    if (ats.length === 0) return;
    for (const colon of colons) {
      if (!text.startsWith("//", colon + 1)) continue;
      const rest = text.slice(colon + 3, colon + 3 + BEFORE_AT_MAX);
      const found = /^[^\s:@/]{1,64}:[^\s@/]{1,64}@[\w.-]{1,96}/.exec(rest);
      const scheme = /[a-z][a-z0-9+.-]*$/i.exec(text.slice(Math.max(0, colon - SCHEME_MAX), colon));
      if (found === null || scheme === null) continue;
      const end = colon + 3 + found[0].length;
      const start = colon - scheme[0].length;
      matches.push({ kind: "url_credentials", start, end, score: 0.97, why: "an address with name and password" });
    }
  },
};
