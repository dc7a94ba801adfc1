// `approvals list`, `count`, `show`, `approve`, `refuse`, `delegate`, `delegations` and `undelegate`.
import type { Approval, ApprovalState } from "../../../../approvals/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readAhead } from "../../read-time.ts";
import { formatExactly, formatMoment } from "../../terminal/moment.ts";
import { bold, cyan, dim, green, type Line, type Piece, red, yellow } from "../../terminal/style.ts";
import { endOf, findByEnd } from "../alerts/alert-words.ts";

export interface ListApprovalsOptions {
  state?: ApprovalState;
  mine?: boolean;
  limit: number;
}

export interface DelegateOptions {
  for: string;
}

const LOOKED_THROUGH = 200;

export async function listApprovals(cli: Cli, { state, mine, limit }: ListApprovalsOptions): Promise<void> {
  const { output, host } = cli;
  const answer = await connect(cli).api.approvals.list({
    ...(state !== undefined && { state }),
    inbox: mine ? "mine" : "all",
    limit,
  });
  if (output.isJson) return output.json(answer);
  if (answer.approvals.length === 0)
    return output.note(mine ? "Nothing waits for you." : "There are no such approvals.");
  output.table(
    [
      { title: "STATE" },
      { title: "WHAT", shrinksTo: 12 },
      { title: "BY", shrinksTo: 6 },
      { title: "VOICES" },
      { title: "UNTIL" },
      { title: "ID" },
    ],
    answer.approvals.map((each) => [
      stateOf(each.state),
      each.what,
      each.asked_by.name,
      `${each.votes.filter(({ decision }) => decision === "approve").length} of ${each.approvers.needed}`,
      formatMoment(each.deadline_ms, host.nowMs()),
      cyan(endOf(each.id)),
    ]),
  );
}

export async function showApproval(cli: Cli, end: string): Promise<void> {
  const { output, host } = cli;
  const { api } = connect(cli);
  const approval = await api.approvals.get({ id: await wholeId(cli, end) });
  if (output.isJson) return output.json(approval);
  output.line(bold(approval.what), "  ", stateOf(approval.state));
  const lines: [string, Piece][] = [
    ["why", approval.why === "" ? dim("–") : approval.why],
    ["action", approval.action],
    ["of", `${approval.resource.type} ${approval.resource.id}`],
    ["asked by", approval.asked_by.name],
    ["approvers", [...approval.approvers.roles, ...approval.approvers.users].join(", ")],
    ["needed", String(approval.approvers.needed)],
    ["until", formatExactly(approval.deadline_ms)],
    ["on silence", approval.on_silence],
    ["payload", approval.payload_hash],
    ["id", approval.id],
  ];
  output.lines(lines.map(([name, value]): Line => [dim(name.padEnd(12)), value]));
  for (const { by, on_behalf_of, decision, note, via, at_ms } of approval.votes)
    output.line(
      dim(formatMoment(at_ms, host.nowMs()).padEnd(12)),
      decision === "approve" ? green("approved") : red("refused"),
      ` by ${by.name}${on_behalf_of === null ? "" : ` for ${on_behalf_of}`} (${via})${note === "" ? "" : `: ${note}`}`,
    );
}

export async function decideApproval(
  cli: Cli,
  end: string,
  { decision, note = "" }: { decision: "approve" | "refuse"; note: string | undefined },
): Promise<void> {
  const { output } = cli;
  const decided = await connect(cli).api.approvals.decide({ id: await wholeId(cli, end), decision, note });
  if (output.isJson) return output.json(decided);
  output.line(stateOf(decided.state), `: ${decided.what}`);
  if (decided.state === "pending") output.note(dim("Others must approve it, too."));
}

export async function delegate(cli: Cli, to: string, options: DelegateOptions): Promise<void> {
  const { output, host } = cli;
  const until_ms = readAhead("--for", options.for, host.nowMs());
  const made = await connect(cli).api.approvals.delegations.create({ to, until_ms });
  if (output.isJson) return output.json(made);
  output.line(green("Delegated"), ` to ${made.to} until ${formatMoment(made.until_ms, host.nowMs())}.`);
}

export async function countApprovals(cli: Cli): Promise<void> {
  const { output } = cli;
  const counts = await connect(cli).api.approvals.counts();
  if (output.isJson) return output.json(counts);
  output.line(`${counts.pending} pending, ${counts.mine} of them for you.`);
}

export async function listDelegations(cli: Cli): Promise<void> {
  const { output, host } = cli;
  const answer = await connect(cli).api.approvals.delegations.list();
  if (output.isJson) return output.json(answer);
  if (answer.delegations.length === 0) return output.note("Nobody decides in another's place.");
  output.table(
    [{ title: "FROM", shrinksTo: 8 }, { title: "TO", shrinksTo: 8 }, { title: "UNTIL" }, { title: "ID" }],
    answer.delegations.map(({ id, from, to, until_ms }) => [
      from,
      to,
      formatMoment(until_ms, host.nowMs()),
      cyan(endOf(id)),
    ]),
  );
}

export async function endDelegation(cli: Cli, end: string): Promise<void> {
  const { output } = cli;
  const { delegations } = connect(cli).api.approvals;
  const known = (await delegations.list()).delegations.map(({ id }) => id);
  const done = await delegations.delete({ id: findByEnd(end, known) ?? end });
  if (output.isJson) return output.json(done);
  output.line(green("Ended "), bold(endOf(done.ended)), ".");
}

async function wholeId(cli: Cli, end: string): Promise<string> {
  const { approvals } = await connect(cli).api.approvals.list({ limit: LOOKED_THROUGH });
  const known = approvals.map(({ id }: Approval) => id);
  return findByEnd(end, known) ?? end;
}

function stateOf(state: ApprovalState): Piece {
  if (state === "pending") return yellow(state);
  return state === "refused" ? red(state) : green(state);
}
