// Portkey's gateway, the incumbent in TypeScript, as its own documentation runs it: on Node, told by headers where the
// vendor is. It is a dependency of this folder alone and installed when a benchmark first needs it.
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { startProcess, untilReady } from "../machine/start-process.ts";
import { MODEL } from "../traffic.ts";
import { CHAT_PATH, type Contender, type ContenderDeps, nothingToSettle } from "./contender.ts";

const READY_TIMEOUT_MS = 20_000;

export async function startPortkey(deps: ContenderDeps): Promise<Contender> {
  const script = installPortkey(join(deps.root, "bench"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = startProcess({
    name: "portkey",
    command: ["node", script, `--port=${port}`, "--headless"],
    cpu: deps.cpu,
    logPath: join(deps.folder, "portkey.log"),
    env: { NODE_ENV: "production" },
  });
  await untilReady(started, { timeoutMs: READY_TIMEOUT_MS, probe: () => answers(url) });
  return {
    name: "portkey",
    pid: started.pid,
    databasePid: undefined,
    address: (kind) => ({
      url: url + CHAT_PATH,
      headers: {
        authorization: "Bearer bench",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": `${deps.upstream}/${kind}/v1`,
      },
      model: MODEL,
    }),
    settle: nothingToSettle,
    stop: started.stop,
  };
}

/** Path of its start script. */
function installPortkey(folder: string): string {
  const script = join(folder, "node_modules/@portkey-ai/gateway/build/start-server.js");
  if (existsSync(script)) return script;
  console.error("bench: installing Portkey's gateway with npm ci …");
  // Its install scripts patch nothing in a published package, and need not run.
  const { exitCode } = Bun.spawnSync(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdout: "ignore",
    stderr: "inherit",
  });
  if (exitCode !== 0 || !existsSync(script)) throw new Error(`npm ci in ${folder} failed with exit code ${exitCode}`);
  return script;
}

/** It cannot be told to take any port. Between our closing this one and its opening it, someone else might take it. */
async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function answers(url: string): Promise<true | undefined> {
  try {
    return (await fetch(url)).status < 500 ? true : undefined;
  } catch {
    return undefined;
  }
}
