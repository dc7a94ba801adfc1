// One request, in a process of its own: which certificates are trusted is read from the environment when a process starts.
import { createFetch } from "./index.ts";

const fetchOnce = createFetch({ other: fetch, usesProxy: false });
const body = "y".repeat(300_000);
const answer = await fetchOnce(Bun.argv[2] ?? "", { method: "POST", redirect: "manual", body });
await Bun.write(Bun.stdout, await answer.text());
