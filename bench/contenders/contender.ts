// What is compared: each is a process of its own between the load generator and the upstream.
import { runtimeEnv } from "../../tools/launch/runtime-env.mjs";
import type { TrafficKind } from "../traffic.ts";

/** `binnacle-2` and `-4` are as many processes of it on one port. */
export const contenderNames = ["direct", "bare", "binnacle", "binnacle-2", "binnacle-4", "portkey"] as const;
export type ContenderName = (typeof contenderNames)[number];

export interface Contender {
  name: ContenderName;
  /** Undefined for the upstream itself, called directly. */
  pid: number | undefined;
  /** Further processes of its own that answer calls. */
  workerPids?: readonly number[];
  /** The process above its database's others, when it has one. */
  databasePid: number | undefined;
  /** Where calls of this kind go, how, and under what model name. */
  address(
    kind: TrafficKind,
    asked?: { isGoverned?: true | undefined; isSecured?: true | undefined },
  ): { url: string; headers: Record<string, string>; model: string };
  /** Resolves once the work that answered calls left behind is done. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ContenderDeps {
  /** Of the project. */
  root: string;
  /** An empty folder that is removed at the end. */
  folder: string;
  /** http://127.0.0.1:PORT of the upstream. */
  upstream: string;
  cpu: number | undefined;
  /** Where the upstream and the load generator are, and what a contender brings along beside its own process. */
  loadCpu: number | undefined;
}

export const CHAT_PATH = "/v1/chat/completions";

export const nothingToSettle = (): Promise<void> => Promise.resolve();

/** As `npm start` sets it; every contender on Bun gets the same. */
export const BUN_ENV = runtimeEnv;

/** A script that prints `{"port": …}` once it listens. */
export function portIn(output: string): number | undefined {
  const line = output.split("\n").find((candidate) => candidate.startsWith('{"port":'));
  return line === undefined ? undefined : (JSON.parse(line) as { port: number }).port;
}
