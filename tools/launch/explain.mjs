// Errors of the launcher. It has its own kind, because it runs before anything else is installed.

/** An error that people are meant to read: shown as what went wrong and what to do about it, without a stack. */
export function explain(message, fix) {
  return Object.assign(new Error(message), { fix });
}

/** The end of a child that a signal stopped: nothing to explain, only an exit code to pass on. */
export function interrupted(exitCode) {
  return Object.assign(new Error("interrupted"), { exitCode });
}

/** Shows an error on stderr: nothing for an interruption, two lines for an explained one, the stack for a defect. */
export function show(error) {
  if (error.exitCode !== undefined) return;
  const text = error.fix ? `binnacle: ${error.message}\n  ${error.fix}` : error.stack;
  process.stderr.write(`${text}\n`);
}
