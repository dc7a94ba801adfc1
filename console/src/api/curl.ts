// The same question in a terminal: what a page asked for, as a command that can be copied.

type Value = string | number | boolean | null | undefined;
export type Parameters = Readonly<Record<string, Value | readonly Value[]>>;

/** `curlFor(origin, "/costs", { by: "model" })`. The key is the reader's own, from their environment. */
export function curlFor(origin: string, path: string, parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const values = Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
    for (const each of values) {
      if (each !== undefined && each !== null && each !== "") search.append(name, String(each));
    }
  }
  const address = `${origin}/api/v1${path}${search.size === 0 ? "" : `?${search}`}`;
  return `curl -H "Authorization: Bearer $BINNACLE_KEY" ${quote(address)}`;
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The same of what is sent: `curlPost(origin, "/routes/explain", { request })`. */
export function curlPost(origin: string, path: string, body: unknown): string {
  const start = `curl -X POST -H "Authorization: Bearer $BINNACLE_KEY" -H 'content-type: application/json'`;
  return `${start} ${quote(`${origin}/api/v1${path}`)} -d ${quote(JSON.stringify(body))}`;
}
