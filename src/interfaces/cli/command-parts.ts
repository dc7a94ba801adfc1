// The parts that command trees are made of.
import { type Command, InvalidArgumentError } from "commander";
import type { Cli } from "./cli.ts";

/** What a command does; resolves with an exit code, or nothing for 0. */
type Run<A extends unknown[]> = (cli: Cli, ...args: A) => Promise<number | void> | number | void;

/** Wraps what a command does into what commander calls. */
export type Act = <A extends unknown[]>(run: Run<A>) => (...args: A) => Promise<void>;

export const GREATEST_PAGE = 200;

/** A command that only holds others. */
export function group(program: Command, name: string): Command {
  return program.command(name).helpCommand(false);
}

export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

export function wholeNumber(least: number, greatest = 1_000_000): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= greatest) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${greatest}.`);
  };
}
