// Fish completion, for fish 3 and later.
import type { Follow, OptionWord, Place, WordTree } from "./word-tree.ts";

export function writeFish({ places, everywhere }: WordTree): string {
  const entering = places.flatMap(({ path, commands }) => commands.map(({ word }) => `'${path} ${word}'`));
  return `# fish completion for binnacle; made by: binnacle completion fish
function __binnacle_at --description 'whether these commands have been typed so far'
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case ${entering.join(" ")}
                set at (string trim -- "$at $word")
        end
    end
    test "$at" = "$argv[1]"
end
complete -c binnacle -f
${everywhere.map((option) => `complete -c binnacle ${writeOption(option)}`).join("\n")}
${places.flatMap(writePlace).join("\n")}
`;
}

function writePlace({ path, commands, options, argument }: Place): string[] {
  const when = `-n ${quote(`__binnacle_at ${quote(path)}`)}`;
  const lines = commands.map(
    ({ word, description }) => `complete -c binnacle ${when} -a ${word} -d ${quote(description)}`,
  );
  lines.push(...options.map((option) => `complete -c binnacle ${when} ${writeOption(option)}`));
  if (argument === "file") lines.push(`complete -c binnacle ${when} -F`);
  if (typeof argument !== "string") lines.push(`complete -c binnacle ${when} -a ${quote(argument.join(" "))}`);
  return lines;
}

function writeOption({ word, short, description, follow }: OptionWord): string {
  const flags = `-l ${word.slice(2)}${short === undefined ? "" : ` -s ${short.slice(1)}`}`;
  return `${flags}${writeFollow(follow)} -d ${quote(description)}`;
}

function writeFollow(follow: Follow): string {
  if (follow === "flag") return "";
  if (follow === "file") return " -r -F";
  return typeof follow === "string" ? " -x" : ` -x -a ${quote(follow.join(" "))}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
