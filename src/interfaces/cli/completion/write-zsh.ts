// Zsh completion: to be put into a folder of $fpath as `_binnacle`, or to be sourced.
import type { Follow, OptionWord, Place, Word, WordTree } from "./word-tree.ts";

export function writeZsh({ places, everywhere }: WordTree): string {
  return `#compdef binnacle
# zsh completion for binnacle; made by: binnacle completion zsh
_binnacle() {
  local at="" before="\${words[CURRENT - 1]}" index
  local -a choices everywhere=(${everywhere.map(describe).join(" ")})
  for ((index = 2; index < CURRENT; index++)); do
    case "$at \${words[index]}" in
      (${places.flatMap(({ path, commands }) => commands.map(({ word }) => `"${path} ${word}"`)).join("|")}) at="\${at:+$at }\${words[index]}" ;;
    esac
  done
  if [[ "\${words[CURRENT]}" == --*=* ]]; then
    before="\${words[CURRENT]%%=*}"
    compset -P '*='
  fi
  case "$at:$before" in
${[valueCases("*", everywhere), ...places.map(({ path, options }) => valueCases(`"${path}"`, options))].flat().join("\n")}
  esac
  case "$at" in
${places.map(placeCase).join("\n")}
  esac
  if [[ "\${words[CURRENT]}" == -* || \${#choices} == 0 ]]; then choices+=("\${everywhere[@]}"); fi
  _describe -t words binnacle choices
}
if [[ "\${funcstack[1]}" == "_binnacle" ]]; then _binnacle "$@"; else compdef _binnacle binnacle; fi
`;
}

function valueCases(at: string, options: OptionWord[]): string[] {
  return options.filter(({ follow }) => follow !== "flag").map((option) => valueCase(at, option));
}

function valueCase(at: string, { word, short, follow }: OptionWord): string {
  const patterns = [word, short].filter((flag) => flag !== undefined).map((flag) => `${at}:${flag}`);
  return `    (${patterns.join("|")}) ${offer(follow)} return ;;`;
}

function offer(follow: Follow): string {
  if (follow === "file") return "_files;";
  return typeof follow === "string" ? "_message value;" : `compadd -- ${follow.join(" ")};`;
}

function placeCase({ path, commands, options, argument }: Place): string {
  const choices = typeof argument === "string" ? [] : argument.map((word) => ({ word, description: "" }));
  const words = [...choices, ...commands, ...options].map(describe);
  const files = argument === "file" ? `[[ "\${words[CURRENT]}" != -* ]] && { _files; return }; ` : "";
  return `    ("${path}") ${files}choices=(${words.join(" ")}) ;;`;
}

/** `'word:description'`, quoted for the shell; a colon ends the word unless it is escaped. */
function describe({ word, description }: Word): string {
  const text = `${word.replaceAll(":", "\\:")}:${description}`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
