// The listener on loopback behind the TLS front: the same routes as the plain one, for connections that came through the front
// and for no others.
import type { Server } from "bun";

type Handler<Data> = (
  request: Request & { params?: unknown },
  server: Server<Data>,
) => Response | undefined | Promise<Response | undefined>;
type Handlers<Data> = Record<string, Handler<Data>>;

/** Whether a request is let in; it is noted where it comes from. */
type NoteFronted = (request: Request) => boolean;

export function fencedHandler<Data>(handler: Handler<Data>, noteFronted: NoteFronted): Handler<Data> {
  return (request, server) => (noteFronted(request) ? handler(request, server) : new Response(null, { status: 403 }));
}

export function fencedRoutes<Data>(
  routes: Record<string, Handlers<Data>>,
  noteFronted: NoteFronted,
): Record<string, Handlers<Data>> {
  const fenced = (handlers: Handlers<Data>): Handlers<Data> =>
    Object.fromEntries(
      Object.entries(handlers).map(([method, handler]) => [method, fencedHandler(handler, noteFronted)]),
    );
  return Object.fromEntries(Object.entries(routes).map(([path, handlers]) => [path, fenced(handlers)]));
}
