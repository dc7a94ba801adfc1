// One request to a name that means loopback here, in a process of its own: whose certificates are trusted is read when it starts.
import { createFetch, createPublicFetch, networkConfigSchema } from "../index.ts";

const ask = createPublicFetch(networkConfigSchema.parse({ allow_private: ["127.0.0.1"] }), {
  fetch: createFetch({ other: fetch, usesProxy: false }),
  resolve: () => Promise.resolve(["127.0.0.1"]),
});
const said = await ask(Bun.argv[2] ?? "", {}).then(
  (answer) => answer.text(),
  (error: unknown) => `refused: ${String(error)}`,
);
await Bun.write(Bun.stdout, said);
process.exit();
