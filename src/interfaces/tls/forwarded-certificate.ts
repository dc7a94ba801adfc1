// What a proxy says of the client certificate that it verified (Envoy's x-forwarded-client-cert). Only the last entry counts:
// the proxy that spoke to us wrote it; those before came with the request and may say anything.
import type { ClientCertificate } from "../../identity/index.ts";

const LENGTH_MAX = 8 * 1024;

/** Undefined where it says nothing that could be understood. */
export function readForwardedCertificate(header: string): ClientCertificate | undefined {
  if (header.length > LENGTH_MAX) return undefined;
  const last = splitOutsideQuotes(header, ",").at(-1);
  if (last === undefined) return undefined;
  const pairs = splitOutsideQuotes(last, ";").flatMap((pair) => {
    const [, name = "", value = ""] = /^\s*([A-Za-z]+)=(.*)$/s.exec(pair) ?? [];
    return name === "" ? [] : [{ name: name.toLowerCase(), value: unquoted(value) }];
  });
  const all = (name: string): string[] =>
    pairs.flatMap((pair) => (pair.name === name && pair.value ? [pair.value] : []));
  const [subject] = all("subject");
  const certificate = {
    uris: all("uri"),
    dns: all("dns"),
    emails: [],
    commonName: subject === undefined ? undefined : commonNameIn(subject),
    validToMs: undefined,
  };
  const names = [...certificate.uris, ...certificate.dns, certificate.commonName];
  return names.some((name) => name !== undefined) ? certificate : undefined;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const each = text.charAt(at);
    if (each === "\\" && isQuoted) {
      part += each + text.charAt(at + 1);
      at += 1;
    } else if (each === separator && !isQuoted) {
      parts.push(part);
      part = "";
    } else {
      if (each === '"') isQuoted = !isQuoted;
      part += each;
    }
  }
  return [...parts, part];
}

function unquoted(value: string): string {
  const text = value.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replace(/\\(.)/g, "$1")
    : text;
}

/** Of a distinguished name without commas in its values; one with them names nobody. */
function commonNameIn(subject: string): string | undefined {
  if (subject.includes("\\") || subject.includes('"')) return undefined;
  const names = subject.split(/[,/]/).flatMap((part) => /^\s*CN=(.+)$/.exec(part)?.[1]?.trim() ?? []);
  return names.length === 1 ? names[0] : undefined;
}
