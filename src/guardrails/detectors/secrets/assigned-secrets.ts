// Passwords and keys that a name gives away: `password = "…"`, `API_KEY: …`, `AccountKey=…`, and connection strings of databases.
import type { Finder, Match } from "../scanning/finder.ts";
import { entropyOf } from "./entropy.ts";

const NAME = /(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|auth[_-]?key|shared[_-]?access[_-]?signature|credential|pwd)[\w-]{0,16}["'`]{0,1} {0,2}$/i; // prettier-ignore
const NAME_MAX = 48;
const VALUE = /^[ "'`=:]{0,4}((?:Bearer |Basic )?[A-Za-z0-9_\-.+/=!#$%^&*~@?]{8,200})/;
const VALUE_MAX = 212;
const SCHEMES = /(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|nats|ldaps?|smtps?|ftp|sftp)$/i; // prettier-ignore
const PLACEHOLDER = /^(?:x{4,}|\*{4,}|\.{4,}|your|my|the|some|example|changeme|placeholder|redacted|null|none|undefined|true|false|env[.:]|process\.env|os\.|\$|<|\{|%)/i; // prettier-ignore

export const assignedSecretFinder: Finder = {
  kinds: ["secret"],
  find({ text, colons, equals }, matches) {
    for (const colon of colons) {
      if (text.startsWith("//", colon + 1)) seekConnection(text, colon, matches);
      else seekAssigned(text, colon, matches);
    }
    for (const sign of equals) seekAssigned(text, sign, matches);
  },
};

function seekConnection(text: string, colon: number, matches: Match[]): void {
  const scheme = SCHEMES.exec(text.slice(Math.max(0, colon - 12), colon))?.[0];
  if (scheme === undefined) return;
  const found = /^:\/\/[^\s:@/"']{0,64}:[^\s@"']{1,128}@[^\s"'<>]{1,200}/.exec(text.slice(colon, colon + 420))?.[0];
  if (found === undefined) return;
  const start = colon - scheme.length;
  matches.push({
    kind: "secret",
    start,
    end: colon + found.length,
    score: 0.98,
    why: "a connection string with a password",
  });
}

function seekAssigned(text: string, sign: number, matches: Match[]): void {
  // The last letter of each name, or a quote or space after it: most signs are passed over here.
  if (!/[a-z0-9"'` ]/i.test(text[sign - 1] ?? "") || !NAME.test(text.slice(Math.max(0, sign - NAME_MAX), sign))) return;
  const found = VALUE.exec(text.slice(sign + 1, sign + VALUE_MAX));
  const value = found?.[1];
  if (found === null || value === undefined || PLACEHOLDER.test(value) || !looksSecret(value)) return;
  const end = sign + 1 + found[0].length;
  matches.push({
    kind: "secret",
    start: end - value.length,
    end,
    score: 0.8,
    why: "a value that its name calls a secret",
  });
}

/** Digits or signs beside letters, and not the same few over and over. */
function looksSecret(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && /\d|[!#$%^&*~@?]/.test(value) && entropyOf(value) >= 2.5;
}
