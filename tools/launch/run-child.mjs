// Runs one child process to its end and lets it see the signals that reach us, so that stopping the launcher stops
// everything below it and leaves no process behind.
import { spawn } from "node:child_process";
import { constants } from "node:os";

const STDERR_TAIL_CHARS = 16_384;
const PARENT_CHECK_MS = 250;
const SAME_SIGNAL_MS = 500;

/**
 * Resolves with `{ code, interrupted, stderr }`: the exit code (128 + n after signal n, as shells have it), whether a
 * signal ended it, and the end of what it wrote to stderr when that is piped. Rejects when it cannot be started.
 */
export function runChild(command, args, options) {
  return new Promise((resolve, reject) => {
    // Listening comes first: a signal while the child begins would end us and leave it behind.
    let child;
    const stopForwarding = forwardSignals((signal) => child.kill(signal));
    try {
      child = spawn(command, args, options);
    } catch (error) {
      stopForwarding();
      throw error;
    }
    let stderr = "";
    child.stderr?.on("data", (chunk) => {
      process.stderr.write(chunk);
      stderr = (stderr + chunk).slice(-STDERR_TAIL_CHARS);
    });
    const releases = [stopForwarding, followParent(child)];
    const release = () => releases.forEach((undo) => undo());
    child.on("error", (error) => {
      release();
      reject(error);
    });
    child.on("close", (code, signal) => {
      release();
      const exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve({ code: exitCode, interrupted: signal !== null || exitCode === 130 || exitCode === 143, stderr });
    });
  });
}

/** Signals are heard between turns of the loop, so what is made in the turn that calls this is there for the first. */
function forwardSignals(pass) {
  // Ctrl-C reaches the whole foreground group, the child included: passing it on would stop the child twice, and the
  // second time means "at once". Listening is still needed, or we would end before the child has closed its files.
  const atTerminal = process.stdin.isTTY === true;
  const listeners = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
    let sentAtMs = -Infinity;
    const listener = () => {
      // A signal to the group comes twice as well: from its sender, and again from npm, which passes on its own.
      const repeated = performance.now() - sentAtMs < SAME_SIGNAL_MS;
      if ((signal === "SIGINT" && atTerminal) || repeated) return;
      sentAtMs = performance.now();
      pass(signal);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

/** When npm is killed outright it takes nothing with it, and whatever it had started would run on unseen. */
function followParent(child) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, PARENT_CHECK_MS);
  return () => clearInterval(timer);
}
