// What a report is about, how many pieces of evidence show what, and what it does not say.
import type { Finding, FrameworkView, Report } from "../../../../../src/compliance/contract.ts";
import { findings } from "../../../../../src/compliance/contract.ts";
import { formatCount } from "../../../format/figures.ts";
import { StateGlyph } from "../../../components/figures/state-word.tsx";
import { findingTones, findingWords } from "./findings.tsx";

export function ReportHead({ framework, report }: { framework: FrameworkView; report: Report | null }) {
  return (
    <div className="grid gap-3 px-4 py-3">
      <p className="max-w-prose text-soft">
        {framework.about} {framework.edition}; known on {framework.known_at}.
      </p>
      {report === null ? (
        <p>What each control asks for, and which evidence answers it. Making the report gathers that evidence.</p>
      ) : (
        <>
          <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-4">
            {findings.map((finding) => (
              <Count key={finding} finding={finding} count={report.counts[finding]} />
            ))}
          </dl>
          <p className="max-w-prose text-fine text-soft">{report.caveat}</p>
        </>
      )}
    </div>
  );
}

function Count({ finding, count }: { finding: Finding; count: number }) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-fine text-soft">
        <StateGlyph tone={findingTones[finding]} />
        {`evidence ${finding === "no_data" ? "not there" : findingWords[finding]}`}
      </dt>
      <dd className="text-figure font-semibold">{formatCount(count)}</dd>
    </div>
  );
}
