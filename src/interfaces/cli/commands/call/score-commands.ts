// The command that says how good a call was. The code behind it is loaded when it runs.
import { type Command, InvalidArgumentError } from "commander";
import { type Act, examples } from "../../command-parts.ts";
import type { ScoreOptions } from "./score-call.ts";

export function addScoreCommand(calls: Command, act: Act): void {
  calls
    .command("score")
    .description("say how good a call was; what you said under that name before is replaced")
    .argument("<id>", "the call's id, the end of a recent one, or `last`")
    .requiredOption("--name <name>", "what is judged: helpful, thumb")
    .option("--value <number>", "how good; of a thumb 1 or 0", anyNumber)
    .option("--label <text>", "a word in place of a value, or beside it")
    .option("--comment <text>", "why")
    .option("--user <name>", "in whose name an application says it")
    .option("--take-back", "what you said under that name counts no more")
    .addHelpText(
      "after",
      examples(
        "binnacle calls score last --name helpful --value 1",
        'binnacle calls score 8f2c61d09a4b --name thumb --value 0 --comment "It answered another question."',
        "binnacle calls score 8f2c61d09a4b --name thumb --take-back",
      ),
    )
    .action(
      act(async (cli, ...[id, options]: [string, ScoreOptions]) =>
        (await import("./score-call.ts")).scoreCall(cli, id, options),
      ),
    );
}

function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number.");
}
