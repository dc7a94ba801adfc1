// `completion`: a script for the reader's shell, made from the command tree. It holds every word itself, so that
// pressing Tab starts no process; the words change only with the program.
import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { writeBash } from "./write-bash.ts";
import { writeFish } from "./write-fish.ts";
import { writeZsh } from "./write-zsh.ts";
import { readWordTree } from "./word-tree.ts";

const writers = { bash: writeBash, zsh: writeZsh, fish: writeFish };

export function printCompletion({ output }: Cli, program: Command, shell: keyof typeof writers): void {
  const script = writers[shell](readWordTree(program));
  if (output.isJson) return output.json({ shell, script });
  output.text(script);
}
