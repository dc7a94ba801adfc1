// The frameworks that can be reported on, to choose one.
import { Link } from "@tanstack/react-router";
import type { FrameworkView } from "../../../../../src/compliance/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useFrameworks } from "./use-report.ts";

export function Frameworks() {
  const frameworks = useFrameworks();
  if (frameworks.isError) return <Notice problem={explainError(frameworks.error)} />;
  return (
    <>
      <p className="max-w-prose text-read text-soft">
        A report puts what Binnacle has on record beside what a framework asks for, control by control. It never says
        that anybody complies: that is for a person to judge.
      </p>
      <ul aria-busy={frameworks.isPending} className="grid gap-3 md:grid-cols-2 2xl:grid-cols-3">
        {frameworks.data?.map((framework) => (
          <Card key={framework.id} framework={framework} />
        ))}
      </ul>
    </>
  );
}

function Card({ framework: { id, title, about, edition, controls, known_at: knownAt } }: { framework: FrameworkView }) {
  return (
    <li className="relative flex min-w-0 flex-col gap-1.5 rounded-md border border-line bg-sheet px-4 py-3 has-[a:hover]:bg-shoal">
      <h2 className="text-title font-semibold">
        <Link
          to="/compliance"
          search={{ framework: id }}
          className="after:absolute after:inset-0 after:rounded-md hover:text-pen focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-pen"
        >
          {title}
        </Link>
      </h2>
      <p>{about}</p>
      <p className="mt-auto text-fine text-soft">
        {edition}. {formatCount(controls.length)} controls; known on {knownAt}.
      </p>
    </li>
  );
}
