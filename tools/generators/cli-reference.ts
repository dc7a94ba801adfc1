// docs/reference/cli.md: what `binnacle --help` says, of every command.
import type { Command } from "commander";
import { createProgram } from "../../src/interfaces/cli/program.ts";

const WIDTH = 100;

const INTRODUCTION = `# Command line

\`bin/binnacle\` in the source tree, or \`npx binnacle\`. Commands that ask a server find it by \`--url\`, \`BINNACLE_URL\`, or the port
of this machine, and a key by \`--key\`, \`BINNACLE_KEY\`, or the admin key in the data folder. \`--json\` prints JSON.

`;

export function makeCliReference(): string {
  const program = createProgram("", () => async () => undefined);
  return INTRODUCTION + commandsOf(program, []).map(describe).join("\n");
}

/** A command and all below it, with the names that lead there. */
function commandsOf(command: Command, above: string[]): { names: string[]; command: Command }[] {
  const names = [...above, command.name()];
  return [{ names, command }, ...command.commands.flatMap((child) => commandsOf(child, names))];
}

function describe({ names, command }: { names: string[]; command: Command }): string {
  let help = "";
  const plain = {
    getOutHasColors: () => false,
    getOutHelpWidth: () => WIDTH,
    writeOut: (text: string) => (help += text),
  };
  command.configureOutput(plain).outputHelp();
  return `## ${names.join(" ")}\n\n\`\`\`text\n${Bun.stripANSI(help).trim()}\n\`\`\`\n`;
}
