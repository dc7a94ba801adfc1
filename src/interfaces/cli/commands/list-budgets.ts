// `budgets list` and `budgets mine`: caps, what was spent of them, and when they renew.
import type { BudgetView } from "../../../governance/contract.ts";
import { formatUsd } from "../../../kernel/index.ts";
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { formatDay } from "../terminal/moment.ts";
import { dim, type Piece, red, yellow } from "../terminal/style.ts";

const NEARLY = 0.8;

export async function listBudgets(cli: Cli, options: { limit: number; cursor?: string }): Promise<void> {
  const { output } = cli;
  const page = await connect(cli).api.budgets(options);
  if (output.isJson) return output.json(page);
  if (page.budgets.length === 0)
    return output.note(
      "Nothing was spent of any budget or limit. They are set in the config (governance.budgets), or for a team, project, user or key alone.",
    );
  showBudgets(output, page.budgets);
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

/** What is left to whoever asks. */
export async function listOwnLimits(cli: Cli): Promise<void> {
  const { output } = cli;
  const found = await connect(cli).api.session.limits();
  if (output.isJson) return output.json(found);
  if (found.limits.length === 0) return output.note("No budget or limit stands over your calls.");
  showBudgets(output, found.limits);
}

function showBudgets(output: Cli["output"], budgets: readonly BudgetView[]): void {
  const right = "right" as const;
  const columns = [
    { title: "WHOSE", shrinksTo: 8 },
    { title: "EVERY" },
    { title: "SPENT", align: right },
    { title: "HELD", align: right },
    { title: "LEFT", align: right },
    { title: "CAP", align: right },
    { title: "RENEWS" },
  ];
  const rows = budgets.map((budget) => [
    budget.whose,
    budget.every ?? dim("at once"),
    amountOf(budget, budget.spent),
    amountOf(budget, budget.held),
    leftOf(budget),
    amountOf(budget, budget.cap),
    budget.renews_at_ms === null ? dim("–") : formatDay(budget.renews_at_ms),
  ]);
  output.table(columns, rows);
}

function amountOf({ unit }: BudgetView, amount: number): string {
  return unit === "usd_micros" ? formatUsd(amount) : `${amount} ${unit.replaceAll("_", " ")}`;
}

function leftOf(budget: BudgetView): Piece {
  const { left, cap, spent } = budget;
  const text = amountOf(budget, left);
  if (left === 0) return red(text);
  return spent >= cap * NEARLY ? yellow(text) : text;
}
