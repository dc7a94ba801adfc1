// The voices that were given, each with its reason and the way it came.
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { nameOfVoter } from "../words/voter.ts";
import { StateWord } from "../../../components/figures/state-word.tsx";

export function Votes({ approval: { votes, state } }: { approval: Pick<Approval, "votes" | "state"> }) {
  if (votes.length === 0)
    return (
      <p className="mt-3 text-soft">{state === "pending" ? "Nobody has decided yet." : "Nobody decided in time."}</p>
    );
  return (
    <ul className="mt-3 grid gap-2">
      {votes.map((vote) => (
        <li key={`${vote.by.id} ${vote.at_ms}`} className="rounded-md border border-line px-3 py-2">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <StateWord tone={vote.decision === "approve" ? "ok" : "fail"}>
              {vote.decision === "approve" ? "approved" : "refused"}
            </StateWord>
            <bdi className="font-semibold">{vote.by.name}</bdi>
            {vote.on_behalf_of !== null && (
              <span>
                for <bdi>{nameOfVoter(vote.on_behalf_of)}</bdi>
              </span>
            )}
            <span className="ml-auto text-fine text-soft">
              <Moment ms={vote.at_ms} /> via <bdi>{vote.via}</bdi>
            </span>
          </p>
          {vote.note !== "" && <p className="foreign mt-1 whitespace-pre-wrap">{vote.note}</p>}
        </li>
      ))}
    </ul>
  );
}
