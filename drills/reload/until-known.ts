// Writes keys, and watches every process until it knows. What is sent is written beforehand and what comes back is read
// afterwards: this process calls at a steady rate meanwhile and must not be busy with anything else.
import type { RunningBinnacle } from "../installation/binnacle.ts";

const LOOK_EVERY_MS = 15;
const GIVE_UP_MS = 60_000;

export interface Written {
  /** performance.now() when the request was sent, when it was answered, and when the last process knew. */
  sentMs: number;
  answeredMs: number;
  knownMs: number;
  secrets: string[];
}

interface Seen {
  atMs: number;
  revision: number;
}

/** At the process that has the admin key. */
export async function write(running: readonly RunningBinnacle[], keys: object): Promise<Written> {
  const admin = running.find(({ key }) => key !== "");
  if (!admin) throw new Error("no process has an admin key");
  const body = JSON.stringify({ state: { keys } });
  const headers = { authorization: `Bearer ${admin.key}`, "content-type": "application/json" };
  const ended = new AbortController();
  const watches = running.map(({ url }) => watchRevision(url, headers.authorization, ended.signal));
  await Bun.sleep(200);
  const sentMs = performance.now();
  const response = await fetch(`${admin.url}/api/v1/apply`, { method: "POST", headers, body });
  const text = await response.text();
  const answeredMs = performance.now();
  if (response.status !== 200) throw new Error(`the keys were not taken: ${text.slice(0, 500)}`);
  // The head of the answer, which says the revision, need not be parsed whole for it.
  const revision = Number(/"revision":(\d+)/.exec(text)?.[1]);
  const known = watches.map((seen) => untilSeen(seen, revision));
  const knownMs = Math.max(...(await Promise.all(known)));
  ended.abort();
  await Bun.sleep(2000);
  const { secrets } = JSON.parse(text) as { secrets: { keys?: Record<string, string> } };
  return { sentMs, answeredMs, knownMs, secrets: Object.values(secrets.keys ?? {}) };
}

function watchRevision(url: string, authorization: string, until: AbortSignal): Seen[] {
  const seen: Seen[] = [];
  void (async () => {
    while (!until.aborted) {
      const response = await fetch(`${url}/api/v1/status`, { headers: { authorization } }).catch(() => undefined);
      const status = (await response?.json().catch(() => undefined)) as
        | { directory?: { revision: number } }
        | undefined;
      if (status?.directory) seen.push({ atMs: performance.now(), revision: status.directory.revision });
      await Bun.sleep(LOOK_EVERY_MS);
    }
  })();
  return seen;
}

async function untilSeen(seen: readonly Seen[], revision: number): Promise<number> {
  const giveUpMs = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUpMs) {
    const found = seen.find((each) => each.revision >= revision);
    if (found) return found.atMs;
    await Bun.sleep(LOOK_EVERY_MS);
  }
  throw new Error(`a process did not know revision ${revision} after ${GIVE_UP_MS / 1000} s`);
}

/** When the last process sends calls to this target. */
export async function untilAnotherTarget(running: readonly RunningBinnacle[], target: string): Promise<number> {
  const key = running.find((process) => process.key !== "")?.key ?? "";
  const body = JSON.stringify({ model: "house", max_tokens: 1, messages: [{ role: "user", content: "Hello" }] });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const knownAt = running.map(async ({ url }) => {
    const giveUpMs = performance.now() + GIVE_UP_MS;
    while (performance.now() < giveUpMs) {
      const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body });
      await response.arrayBuffer();
      if (response.headers.get("x-binnacle-target") === target) return performance.now();
      await Bun.sleep(LOOK_EVERY_MS);
    }
    throw new Error("a process did not take over its config file");
  });
  return Math.max(...(await Promise.all(knownAt)));
}
