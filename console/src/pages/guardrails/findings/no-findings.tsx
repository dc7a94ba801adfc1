// Said where no call has what is looked for.
import { Empty } from "../../../components/frame/empty.tsx";

export function NoFindings({ what }: { what: string | null }) {
  return (
    <Empty title="Nothing was found in this time" code={`binnacle calls list --filter 'guardrail:${what ?? "*"}'`}>
      A call stands here once a policy of the guardrails has found something in it.
    </Empty>
  );
}
