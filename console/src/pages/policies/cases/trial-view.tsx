// What came of cases: how many hold, those that do not with what was wrong, and the policies that none of them touched.
import type { PolicyTrial } from "../../../../../src/policy/contract.ts";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { formatCount } from "../../../format/figures.ts";

const shownMax = 200;

export function TrialView({ trial: { cases, failed, untouched } }: { trial: PolicyTrial }) {
  const ordered = [...cases.filter(({ ok }) => !ok), ...cases.filter(({ ok }) => ok)];
  return (
    <div className="grid gap-2">
      <p>
        <StateWord tone={failed === 0 ? "ok" : "fail"}>
          {failed === 0
            ? `All ${formatCount(cases.length)} cases hold.`
            : `${formatCount(failed)} of ${formatCount(cases.length)} cases fail: these policies cannot be activated.`}
        </StateWord>
      </p>
      <ul aria-label="Cases" className="divide-y divide-line rounded-md border border-line">
        {ordered.slice(0, shownMax).map(({ file, name, ok, problem, allowed, policies }, place) => (
          // Cases may have the same name.
          <li key={`${file} ${name} ${place}`} className="px-3 py-1.5">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <StateWord tone={ok ? "ok" : "fail"}>
                <bdi>{name}</bdi>
              </StateWord>
              <span className="ml-auto text-fine text-soft">
                {allowed ? "allowed" : "denied"} by{" "}
                <bdi className="font-mono">{policies.length === 0 ? "no policy" : policies.join(", ")}</bdi>
              </span>
            </p>
            {!ok && <bdi className="block wrap-anywhere">{problem}</bdi>}
          </li>
        ))}
      </ul>
      {ordered.length > shownMax && (
        <p className="text-fine text-soft">and {formatCount(ordered.length - shownMax)} more</p>
      )}
      {untouched.length > 0 && (
        <p className="text-fine text-soft">
          No case is decided by <bdi className="font-mono">{untouched.join(", ")}</bdi>.
        </p>
      )}
    </div>
  );
}
