// A browser without a screen: keeps cookies, follows no redirect by itself, and says where its requests come from.
export interface Visitor {
  cookies: Map<string, string>;
  /** The last `Set-Cookie`s, whole. */
  lastCookies: string[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** `line` is such as `DELETE /api/session`. */
  send(line: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The token that changes must carry, as the page learns it. */
  csrf(): Promise<string>;
}

export function visit(url: string): Visitor {
  const cookies = new Map<string, string>();
  const visitor: Visitor = {
    cookies,
    lastCookies: [],
    get: (path, headers) => visitor.send(`GET ${path}`, undefined, headers),
    post: (path, body = {}, headers = {}) => visitor.send(`POST ${path}`, body, headers),
    async send(line, body, headers = {}) {
      const [method = "", path = ""] = line.split(" ");
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(path.startsWith("http") ? path : url + path, {
        method,
        redirect: "manual",
        headers: {
          ...(cookie !== "" && { cookie }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      visitor.lastCookies = response.headers.getSetCookie();
      for (const each of visitor.lastCookies) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
    async csrf() {
      const said = (await (await visitor.get("/api/v1/session")).json()) as { csrf_token: string };
      return said.csrf_token;
    },
  };
  return visitor;
}
