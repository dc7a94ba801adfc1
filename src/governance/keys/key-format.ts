// How a key is written: `bk_<id>_<secret><checksum>`. The id finds it, 256 random bits prove it, and the checksum tells
// a mistyped key (and a leak scanner a real one) without asking the database.
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 12;
const SECRET_LENGTH = 43; // 256 bits in base 62
const CHECKSUM_LENGTH = 6; // 32 bits in base 62
const PATTERN = new RegExp(
  `^bk_([0-9A-Za-z]{${ID_LENGTH}})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);

/** A new key with a random id and secret. */
export function generateKey(): { id: string; key: string } {
  const id = randomText(ID_LENGTH);
  return { id, key: generateSecret(id) };
}

/** Another secret for a key that there is. */
export function generateSecret(id: string): string {
  const body = `bk_${id}_${randomText(SECRET_LENGTH)}`;
  return body + checksumOf(body);
}

/** The key's id, or why it cannot be a key. */
export function parseKey(key: string): { id: string } | { why: string } {
  const match = PATTERN.exec(key);
  if (!match) return { why: 'a key looks like "bk_", 12 letters and digits, "_", and 49 more' };
  const body = key.slice(0, -CHECKSUM_LENGTH);
  if (checksumOf(body) !== match[3]) return { why: "its checksum does not match, so a character is wrong or missing" };
  return { id: match[1] ?? "" };
}

/** What is kept of a key: HMAC-SHA-256 under the installation's own secret, hex. */
export function hashKey(key: string, installationSecret: string): string {
  return new Bun.CryptoHasher("sha256", installationSecret).update(key).digest("hex");
}

function checksumOf(text: string): string {
  let rest = Bun.hash.crc32(text);
  let written = "";
  while (written.length < CHECKSUM_LENGTH) {
    written = (ALPHABET[rest % ALPHABET.length] ?? "") + written;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return written;
}

/** The greatest multiple of 62 in a byte: what lies above it would make some letters likelier than others. */
const FAIR_BYTES = 248;

function randomText(length: number): string {
  let text = "";
  while (text.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < FAIR_BYTES && text.length < length) text += ALPHABET[byte % ALPHABET.length];
  return text;
}
