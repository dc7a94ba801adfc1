// A call as bytes, made once and sent many times. Each copy says another number, so that no cache can answer for the
// upstream.

export interface CallSpec {
  url: string;
  headers: Record<string, string>;
  /** JSON text; where it says NUMBER_MARK, each call has a number of its own. */
  body: string;
}

export interface PreparedCall {
  hostname: string;
  port: number;
  /** The bytes of the next call; valid until the one after is asked for. */
  next(): Uint8Array;
}

/** Ten digits take its place, so that all calls have one length. */
export const NUMBER_MARK = "@@number@@";

export function prepareCall({ url, headers, body }: CallSpec): PreparedCall {
  const { hostname, port, host, pathname } = new URL(url);
  const size = Buffer.byteLength(body);
  const head = Object.entries({ host, ...headers, "content-type": "application/json", "content-length": size })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  const bytes = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${head}\r\n${body}`);
  const numberAt = bytes.indexOf(NUMBER_MARK);
  let number = 0;
  return {
    hostname,
    port: Number(port),
    next() {
      number += 1;
      if (numberAt >= 0) bytes.write(String(number).padStart(NUMBER_MARK.length, "0"), numberAt, "latin1");
      return bytes;
    },
  };
}
