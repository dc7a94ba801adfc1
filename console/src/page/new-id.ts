// Ids that nobody else has made. A page on a plain address in a home network has no `crypto.randomUUID`.

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
