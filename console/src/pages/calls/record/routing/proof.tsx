// Where the call stands in the audit trail, and that an outsider can check it. For those who may read the trail.
import { useQuery } from "@tanstack/react-query";
import { curlFor } from "../../../../api/curl.ts";
import { explainError } from "../../../../api/explain-error.ts";
import { CopyButton } from "../../../../components/parts/copy-button.tsx";
import { Loading } from "../../../../components/parts/loading.tsx";
import { Section } from "../../../../components/parts/section.tsx";
import { Words } from "../../../../components/parts/words.tsx";
import { formatCount } from "../../../../format/figures.ts";
import { pauseBeforeNextLook } from "../../../../page/asking/look-for-entry.ts";
import { useMay, useServices } from "../../../../page/services.ts";

export function Proof({ callId }: { callId: string }) {
  const { api } = useServices();
  const may = useMay("read_audit");
  const entry = useQuery({
    queryKey: ["audit", "entry", callId],
    queryFn: ({ signal }) => api.client.audit.show({ id: callId }, { signal }),
    enabled: may,
    retry: false,
    refetchInterval: ({ state: { data, error, errorUpdateCount } }) =>
      data !== undefined || isMissing(error) ? pauseBeforeNextLook(data?.index, errorUpdateCount) : false,
  });
  if (!may) return null;
  const command = curlFor(api.origin, `/audit/entries/${callId}/proof`);
  return (
    <Section
      title="Audit trail"
      aside={<CopyButton text={command} label="the curl command for the proof" word="curl" />}
    >
      {entry.isPending && <Loading>Looking it up.</Loading>}
      {entry.isError && entry.data === undefined && (
        <p className="text-soft">
          <Words text={`${explainError(entry.error).message} ${explainError(entry.error).fix}`} />
        </p>
      )}
      {entry.data !== undefined && (
        <p>
          <a href={`#/audit?open=${encodeURIComponent(callId)}`} className="text-pen underline underline-offset-2">
            {entry.data.index === null ? "Entry without a number yet" : `Entry ${formatCount(entry.data.index)}`}
          </a>
          <span className="text-soft">
            {entry.data.index === null
              ? ": it gets its place in the tree in a moment."
              : " of the tree: its proof can be checked by an outsider."}
          </span>
        </p>
      )}
    </Section>
  );
}

const isMissing = (error: unknown): boolean => error !== null && explainError(error).kind === "missing";
