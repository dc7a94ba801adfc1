// The listener on loopback behind the TLS front: the same routes as the plain one, for connections that came through the front
// and for no others.
import type { Server } from "bun";

type Handler<Data> = (
  request: Request & { params?: unknown },
  server: Server<Data>,
) => Response | undefined | Promise<Response | undefined>;
type Handlers<Data> = Record<string, Handler<Data>>;

export interface Fence {
  /** Whether a request is let in; it is noted where it comes from. */
  noteFronted(request: Request): boolean;
  /** That every answer carries. */
  headers: Readonly<Record<string, string>>;
}

export function fencedHandler<Data>(handler: Handler<Data>, { noteFronted, headers }: Fence): Handler<Data> {
  return async (request, server) => {
    if (!noteFronted(request)) return new Response(null, { status: 403 });
    const response = await handler(request, server);
    for (const name in headers) response?.headers.set(name, headers[name] ?? "");
    return response;
  };
}

export function fencedRoutes<Data>(
  routes: Record<string, Handlers<Data>>,
  fence: Fence,
): Record<string, Handlers<Data>> {
  const fenced = (handlers: Handlers<Data>): Handlers<Data> =>
    Object.fromEntries(Object.entries(handlers).map(([method, handler]) => [method, fencedHandler(handler, fence)]));
  return Object.fromEntries(Object.entries(routes).map(([path, handlers]) => [path, fenced(handlers)]));
}
