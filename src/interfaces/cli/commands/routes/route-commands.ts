// The `routes` branch of the command tree. The code behind a command is loaded when it runs.
import { type Command, Option } from "commander";
import { type Act, examples, wholeNumber } from "../../command-parts.ts";
import type { RestoreOptions, SetOptions, YesOption } from "./change-routes.ts";
import type { ExplainOptions } from "./routes.ts";

/** The contract's dialects, written out: loading the contract would make every help slow. */
const DIALECTS = [
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
] as const;

const YES = ["--yes", "do it without asking"] as const;
const NAME = ["<name>", "the route's name"] as const;

export function addRouteCommands(routes: Command, act: Act): void {
  addLooks(routes, act);
  addChanges(routes, act);
}

function addLooks(routes: Command, act: Act): void {
  routes
    .command("list")
    .description("list routes with where they come from, their strategies and targets")
    .addHelpText("after", examples("binnacle routes list", "binnacle routes list --json | jq .routes[0].plan"))
    .action(act(async (cli) => (await import("./routes.ts")).listRoutes(cli)));
  routes
    .command("show")
    .description("show one route's plan, as a file that `routes set` takes")
    .argument(...NAME)
    .addHelpText("after", examples("binnacle routes show fast > fast.yaml"))
    .action(act(async (cli, name: string) => (await import("./show-routes.ts")).showRoute(cli, name)));
  routes
    .command("history")
    .description("show who changed a route when, and what; newest first")
    .argument(...NAME)
    .option("-n, --limit <count>", "at most this many", wholeNumber(1, 1000), 20)
    .addHelpText("after", examples("binnacle routes history fast"))
    .action(
      act(async (cli, name: string, options: { limit: number }) =>
        (await import("./show-routes.ts")).showHistory(cli, name, options),
      ),
    );
  routes
    .command("health")
    .description("show how targets are doing: who is left alone, since when and why")
    .addHelpText("after", examples("binnacle routes health"))
    .action(act(async (cli) => (await import("./show-health.ts")).showHealth(cli)));
  routes
    .command("explain")
    .description("show what would be tried for a request, in what order and why; nobody is called")
    .requiredOption("--request <file>", "the request's body as JSON; `-` reads standard input")
    .option("--model <name>", "in place of the request's own")
    .addOption(new Option("--dialect <dialect>", "of the request (by default: openai-chat)").choices(DIALECTS))
    .option("--header <line...>", "that would come with it, as NAME: VALUE")
    .option("--key-id <id>", "whose call it would be (by default that of the key that asks)")
    .option("--times <count>", "say also where so many calls like it would go", wholeNumber(1, 10_000))
    .addHelpText(
      "after",
      examples(
        "binnacle routes explain --request body.json",
        "binnacle routes explain --request body.json --model fast --header 'x-binnacle-user: ada'",
        "binnacle routes explain --request body.json --times 1000",
      ),
    )
    .action(act(async (cli, options: ExplainOptions) => (await import("./routes.ts")).explainRoute(cli, options)));
}

function addChanges(routes: Command, act: Act): void {
  routes
    .command("set")
    .description("make or change a route, on all servers within a second; shows the difference first")
    .argument(...NAME)
    .requiredOption(
      "-f, --file <file>",
      "the plan, as under gateway.routes.NAME in the config; `-` reads standard input",
    )
    .option(...YES)
    .addHelpText(
      "after",
      examples("binnacle routes set fast -f fast.yaml", "binnacle routes set fast -f - --yes < fast.yaml"),
    )
    .action(
      act(async (cli, name: string, options: SetOptions) =>
        (await import("./change-routes.ts")).setRoute(cli, name, options),
      ),
    );
  routes
    .command("delete")
    .description("delete a route that was made by API; its history stays")
    .argument(...NAME)
    .option(...YES)
    .addHelpText("after", examples("binnacle routes delete fast"))
    .action(
      act(async (cli, name: string, options: YesOption) =>
        (await import("./change-routes.ts")).deleteRoute(cli, name, options),
      ),
    );
  routes
    .command("restore")
    .description("make an earlier version of a route the newest; shows the difference first")
    .argument(...NAME)
    .requiredOption("--revision <number>", "which one, as `binnacle routes history` shows it", wholeNumber(1, 1e12))
    .option(...YES)
    .addHelpText("after", examples("binnacle routes restore fast --revision 7"))
    .action(
      act(async (cli, name: string, options: RestoreOptions) =>
        (await import("./change-routes.ts")).restoreRoute(cli, name, options),
      ),
    );
}

export function addVendorCommands(vendors: Command, act: Act): void {
  vendors
    .command("list")
    .description("list vendors that are configured or were found, and what they speak")
    .addHelpText("after", examples("binnacle vendors list"))
    .action(act(async (cli) => (await import("./show-vendors.ts")).listVendors(cli)));
  vendors
    .command("limits")
    .description("list what is known of vendors' own limits, and what is held back for them")
    .addHelpText("after", examples("binnacle vendors limits", "binnacle vendors limits --json | jq .limits[].rate"))
    .action(act(async (cli) => (await import("./show-vendors.ts")).listVendorLimits(cli)));
}
