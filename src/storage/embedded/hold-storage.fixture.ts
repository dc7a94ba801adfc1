// A process of its own that runs Binnacle's storage on a home folder until it is killed, for tests about exactly that.
// Prints "ready" once a row of its is committed.
import { createWorld } from "../../kernel/index.ts";
import { createStorage, openHome, storageConfigSchema } from "../index.ts";

const home = openHome(Bun.argv[2] ?? "");
const config = storageConfigSchema.parse({ connect_timeout: "20s", embedded: { durable: false } });
const storage = createStorage(config, { world: createWorld(), home });
await storage.start();
await storage.pool.query("insert into kept values ('written by a process that was killed')");
await Bun.write(Bun.stdout, "ready\n");
// Keeps it alive, and its hold on the folder, until then.
setInterval(() => home.path, 60_000);
