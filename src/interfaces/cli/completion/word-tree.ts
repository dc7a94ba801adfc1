// What can be typed where, read from commander's command tree: the one source of all three shells' scripts.
import type { Command } from "commander";

/** What follows a word: nothing to choose (`flag`), any text, a file, or one of a few values. */
export type Follow = "flag" | "text" | "file" | readonly string[];

export interface Word {
  word: string;
  description: string;
}

export interface OptionWord extends Word {
  short: string | undefined;
  follow: Follow;
}

/** A command, by the words that lead to it: `""` is the program itself, then `"calls"`, `"calls list"` … */
export interface Place {
  path: string;
  commands: Word[];
  options: OptionWord[];
  /** What its own arguments are. */
  argument: Follow;
}

export interface WordTree {
  places: Place[];
  /** Options that hold at every place. */
  everywhere: OptionWord[];
}

export function readWordTree(program: Command): WordTree {
  const help: OptionWord = { word: "--help", short: "-h", description: "show help", follow: "flag" };
  const isTop = ({ word }: OptionWord): boolean => word === "--version";
  const places = readPlaces(program, "").map((place) =>
    place.path === "" ? { ...place, options: place.options.filter(isTop) } : place,
  );
  return { places, everywhere: [...readOptions(program).filter((option) => !isTop(option)), help] };
}

function readPlaces(command: Command, path: string): Place[] {
  const place: Place = {
    path,
    commands: command.commands.map((child) => ({ word: child.name(), description: child.description() })),
    options: readOptions(command),
    argument: readArgument(command),
  };
  return [place, ...command.commands.flatMap((child) => readPlaces(child, `${path} ${child.name()}`.trim()))];
}

function readOptions(command: Command): OptionWord[] {
  return command.options.flatMap(({ long, short, description, flags, argChoices }) => {
    if (!long) return [];
    const follow = argChoices ?? (/<(file|folder)>/.test(flags) ? "file" : /[<[]/.test(flags) ? "text" : "flag");
    return [{ word: long, short, description, follow }];
  });
}

function readArgument(command: Command): Follow {
  const [first] = command.registeredArguments;
  return first?.argChoices ?? (first === undefined ? "flag" : first.name() === "file" ? "file" : "text");
}
