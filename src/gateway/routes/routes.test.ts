import { expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { gatewayConfigSchema } from "../config.ts";
import { createRouteBook } from "./route-book.ts";

/** A book of routes with a database that is away, or that fails. */
function openBook(isAvailable: boolean) {
  const tables = () => {
    throw new Error("the connection was lost");
  };
  const world = createWorld();
  const config = gatewayConfigSchema.parse({ routes: { house: { targets: ["v/m"] } } });
  const target = { id: "v/m" } as never;
  return createRouteBook(config, {
    storage: { isAvailable: () => isAvailable, tables } as never,
    world,
    providers: { resolve: () => target, vendor: () => undefined, vendors: () => [], modelNames: () => [] },
    onChange: () => undefined,
  });
}

const by = { keyId: "k", keyName: "ops" };
const away = { code: "gateway.routes_unavailable", status: 503, retry: "later" };

test("a database that is away, or fails, refuses changes and history, and leaves the config's routes to calls", async () => {
  for (const isAvailable of [false, true]) {
    const book = openBook(isAvailable);
    await book.start();
    const { routes } = book;
    await expect(routes.put("ship", { targets: ["v/m"] }, { by })).rejects.toMatchObject(away);
    await expect(routes.remove("ship", { by })).rejects.toMatchObject(away);
    await expect(routes.history("ship", 10)).rejects.toMatchObject(away);
    await expect(routes.restore("ship", 1, { by })).rejects.toMatchObject(away);
    expect(routes.list().map(({ name, source }) => [name, source])).toEqual([["house", "config"]]);
    expect(book.all()).toHaveLength(1);
    await book.close();
  }
});

test("what stands in the config file is refused before the database is asked", async () => {
  const { routes } = openBook(false);
  const inConfig = { code: "gateway.route_in_config", status: 409 };
  await expect(routes.put("house", { targets: ["v/m"] }, { by })).rejects.toMatchObject(inConfig);
  await expect(routes.restore("house", 1, { by })).rejects.toMatchObject(inConfig);
});
