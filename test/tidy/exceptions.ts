// Where a rule does not hold, and why. An exception that nothing needs any more is an error too.

export interface Exception {
  rule: string;
  path: string;
  reason: string;
}

export const exceptions: Exception[] = [
  { rule: "classes", path: "src/kernel/errors.ts", reason: "AppError must be an Error, with a stack and instanceof" },
  { rule: "world", path: "src/kernel/world.ts", reason: "this is where the real clock, dice and network come in" },
  {
    rule: "error-tables",
    path: "src/kernel/config.ts",
    reason: "each idea of the kernel keeps its own error beside it",
  },
  {
    rule: "error-tables",
    path: "src/kernel/secrets.ts",
    reason: "each idea of the kernel keeps its own error beside it",
  },
  {
    rule: "imports",
    path: "src/main.ts",
    reason: "goes straight to the command line: the front door would load the whole server for every command",
  },
];
