// Starts a worker: this same program once more, with a channel to it. Its words go where ours go.
import type { Message } from "../channel.ts";
import { placeToEnv, type Place } from "../place.ts";

export interface RunningWorker {
  readonly pid: number;
  /** Resolves when it has ended, however. */
  readonly exited: Promise<void>;
  send(message: Message): void;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export type SpawnWorker = (place: Place, hear: (message: Message) => void) => RunningWorker;

export interface Program {
  /** As this process was started. */
  command: string[];
  env: Record<string, string | undefined>;
}

const AIDE_NICENESS = 5;

/** Told before it begins: each of its threads would have to be told later. */
function atLowPriority(command: string[]): string[] {
  const nice = Bun.which("nice");
  return nice === null ? command : [nice, "-n", String(AIDE_NICENESS), ...command];
}

export function createSpawn({ command, env }: Program): SpawnWorker {
  return (place, hear) => {
    const child = Bun.spawn(place.role === "aide" ? atLowPriority(command) : command, {
      env: { ...env, ...placeToEnv(place) },
      stdio: ["ignore", "inherit", "inherit"],
      serialization: "advanced",
      // Only our own program is at the other end.
      ipc: (message) => hear(message as Message),
    });
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
    return {
      pid: child.pid,
      exited: child.exited.then(() => undefined),
      send(message) {
        if (hasEnded()) return;
        try {
          child.send(message);
        } catch {
          // It has just ended; nobody waits longer for it than for one that is slow.
        }
      },
      kill: (signal) => child.kill(signal),
    };
  };
}
