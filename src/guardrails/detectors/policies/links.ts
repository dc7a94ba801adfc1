// Which hosts may appear: addresses in a text whose host is not allowed, and images that would carry text out to somebody.
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";

export interface LinkSettings {
  /** Hosts, with all below them; empty: every host that is not denied. */
  allow: readonly string[];
  deny: readonly string[];
  /** Characters of path and query that an image may have. */
  imagePathMax: number;
}

const URL_MAX = 400;
const AFTER_SLASHES = /^[^\s<>"'`|\\^{}\])]{1,400}/;
const SCRIPT_SCHEMES = /(?:javascript|vbscript|data)$/i;
const BARE = /\bwww\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gi;

export function createLinkFinder(settings: LinkSettings): Finder {
  return {
    kinds: ["link", "exfiltration"],
    find(scan, matches) {
      for (const colon of scan.colons) seekAt(scan, colon, { settings, matches });
      if (!scan.text.includes("www.")) return;
      for (const found of scan.text.matchAll(BARE)) {
        if (scan.text[found.index - 1] === "/" || isAllowed(found[0], settings)) continue;
        matches.push({
          kind: "link",
          start: found.index,
          end: found.index + found[0].length,
          score: 0.8,
          why: "a host that is not allowed",
        });
      }
    },
  };
}

function seekAt(
  { text }: Scan,
  colon: number,
  { settings, matches }: { settings: LinkSettings; matches: Match[] },
): void {
  const scheme = /[a-z][a-z0-9+.-]{0,11}$/i.exec(text.slice(Math.max(0, colon - 12), colon))?.[0];
  if (scheme === undefined) return;
  const start = colon - scheme.length;
  if (SCRIPT_SCHEMES.test(scheme)) {
    const rest = /^[^\s"'<>)]{1,200}/.exec(text.slice(colon + 1, colon + 201))?.[0];
    const isLink = /[("'=]\s?$/.test(text.slice(Math.max(0, start - 2), start)) || scheme.toLowerCase() !== "data";
    if (rest !== undefined && isLink && /[(,;/]/.test(rest))
      matches.push({
        kind: "link",
        start,
        end: colon + 1 + rest.length,
        score: 0.8,
        why: "an address that is a program",
      });
    return;
  }
  // Browsers read backslashes as slashes.
  if (!/^[/\\]{2}/.test(text.slice(colon + 1, colon + 3))) return;
  const rest = AFTER_SLASHES.exec(text.slice(colon + 3, colon + 3 + URL_MAX))?.[0];
  if (rest === undefined) return;
  const host = hostOf(rest);
  const place = { start, end: colon + 3 + rest.length };
  if (!isAllowed(host, settings))
    matches.push({ kind: "link", ...place, score: 0.9, why: "a host that is not allowed" });
  const isImage = /!\[[^\]]{0,80}\]\(\s?$|src\s?=\s?["']?$/i.test(text.slice(Math.max(0, start - 90), start));
  if (isImage && carriesText(rest, settings.imagePathMax))
    matches.push({ kind: "exfiltration", ...place, score: 0.8, why: "an image whose address carries text" });
}

/** After the last `@` before the path: "https://good.example@evil.example/" goes to the second. */
function hostOf(rest: string): string {
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return host
    .replace(/:\d{0,5}$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

function isAllowed(host: string, { allow, deny }: LinkSettings): boolean {
  const isOf = (known: string): boolean => host.toLowerCase() === known || host.toLowerCase().endsWith(`.${known}`);
  return !deny.some(isOf) && (allow.length === 0 || allow.some(isOf));
}

function carriesText(rest: string, most: number): boolean {
  const path = rest.slice(rest.search(/[/?#]/));
  return rest.search(/[/?#]/) >= 0 && (path.length > most || /[?&#][^=]{0,40}=[^&]{24,}/.test(path));
}
