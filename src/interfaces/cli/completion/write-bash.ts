// Bash completion, for bash 3.2 (macOS) and later, without the bash-completion package.
import type { Follow, OptionWord, Place, WordTree } from "./word-tree.ts";

export function writeBash({ places, everywhere }: WordTree): string {
  return `# bash completion for binnacle; made by: binnacle completion bash
_binnacle() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" at="" words="" index
  local everywhere="${everywhere.map(({ word }) => word).join(" ")}"
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$at \${COMP_WORDS[index]}" in
      ${places.flatMap(entering).join(" | ")}) at="\${at:+$at }\${COMP_WORDS[index]}" ;;
    esac
  done
  # Bash takes --option=value apart, the sign included.
  if [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD - 2]}"; fi
  if [[ $word == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD - 1]}" word=""; fi
  COMPREPLY=()
  case "$at:$before" in
${[valueCases("*", everywhere), ...places.map(({ path, options }) => valueCases(`"${path}"`, options))].flat().join("\n")}
  esac
  case "$at" in
${places.map(placeCase).join("\n")}
  esac
  if [[ $word == -* || -z $words ]]; then words="$words $everywhere"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _binnacle binnacle
`;
}

/** The patterns `"$at $word"` that lead from a place to the commands below it. */
function entering({ path, commands }: Place): string[] {
  return commands.map(({ word }) => `"${path} ${word}"`);
}

function valueCases(at: string, options: OptionWord[]): string[] {
  return options.filter(({ follow }) => follow !== "flag").map((option) => valueCase(at, option));
}

function valueCase(at: string, { word, short, follow }: OptionWord): string {
  const patterns = [word, short].filter((flag) => flag !== undefined).map((flag) => `${at}:${flag}`);
  return `    ${patterns.join(" | ")}) ${offer(follow)} return ;;`;
}

function offer(follow: Follow): string {
  if (follow === "file") return "compopt -o default 2> /dev/null;";
  return typeof follow === "string" ? "" : `COMPREPLY=($(compgen -W "${follow.join(" ")}" -- "$word"));`;
}

function placeCase({ path, commands, options, argument }: Place): string {
  const choices = typeof argument === "string" ? [] : argument;
  const words = [...commands, ...options].map(({ word }) => word);
  const files = argument === "file" ? " [[ $word != -* ]] && compopt -o default 2> /dev/null && return;" : "";
  return `    "${path}")${files} words="${[...choices, ...words].join(" ")}" ;;`;
}
