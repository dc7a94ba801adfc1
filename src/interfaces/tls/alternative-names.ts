// The subject alternative names of a certificate, out of its bytes (RFC 5280, DER). The text that TLS libraries make of them
// joins names by commas, and a name may hold commas itself: whoever reads that can be told anything.

export interface AlternativeNames {
  uris: string[];
  dns: string[];
  emails: string[];
}

interface Element {
  tag: number;
  /** Of what it holds. */
  from: number;
  to: number;
}

/** 2.5.29.17, as an element. */
const SUBJECT_ALT_NAME = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x11]);
const [SEQUENCE, OCTETS, EXTENSIONS] = [0x30, 0x04, 0xa3];
const [EMAIL, DNS, URI] = [0x81, 0x82, 0x86];
const NAMES_MAX = 100;

/** None where the certificate has none, or is not understood. */
export function readAlternativeNames(der: Buffer): AlternativeNames {
  const names: AlternativeNames = { uris: [], dns: [], emails: [] };
  const extension = findExtension(der);
  if (!extension) return names;
  const octets = childrenOf(der, extension).find(({ tag }) => tag === OCTETS);
  const [list] = octets ? childrenOf(der, octets) : [];
  if (list?.tag !== SEQUENCE) return names;
  for (const { tag, from, to } of childrenOf(der, list).slice(0, NAMES_MAX)) {
    const text = der.toString("latin1", from, to);
    if (tag === URI) names.uris.push(text);
    if (tag === DNS) names.dns.push(text);
    if (tag === EMAIL) names.emails.push(text);
  }
  return names;
}

/** Certificate, then what is signed of it, then its extensions, of which each is a sequence that begins with its name. */
function findExtension(der: Buffer): Element | undefined {
  const [certificate] = elements(der, 0, der.length);
  const [signed] = certificate ? childrenOf(der, certificate) : [];
  const extensions = signed && childrenOf(der, signed).find(({ tag }) => tag === EXTENSIONS);
  const [list] = extensions ? childrenOf(der, extensions) : [];
  return list && childrenOf(der, list).find(({ from }) => der.subarray(from, from + 5).equals(SUBJECT_ALT_NAME));
}

const childrenOf = (der: Buffer, { from, to }: Element): Element[] => elements(der, from, to);

/** Those side by side; what does not fit ends the list. */
function elements(der: Buffer, start: number, end: number): Element[] {
  const found: Element[] = [];
  for (let at = start; at + 2 <= end;) {
    const tag = der[at] ?? 0;
    const first = der[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (lengthBytes > 4 || at + 2 + lengthBytes > end) break;
    const length = lengthBytes === 0 ? first & 0x7f : der.readUIntBE(at + 2, lengthBytes);
    const from = at + 2 + lengthBytes;
    if (from + length > end || first === 0x80) break;
    found.push({ tag, from, to: from + length });
    at = from + length;
  }
  return found;
}
