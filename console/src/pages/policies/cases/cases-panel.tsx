// The cases beside the policies that are being written, tried whenever what is written fits the schema.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { type Files, isCaseFile } from "../editor/edit-files.ts";
import { TrialView } from "./trial-view.tsx";

export function CasesPanel({ files, isReady }: { files: Files; isReady: boolean }) {
  const { api, session } = useServices();
  const hasCases = files.some(isCaseFile);
  const asked = useQuery({
    queryKey: ["policies-cases", files],
    queryFn: ({ signal }) => api.client.policies.test({ files: [...files] }, { signal }),
    enabled: isReady && hasCases,
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (!session.operations.includes("policies.test")) return null;
  return (
    <Panel
      title="Held to its cases"
      note={asked.data !== undefined && asked.isPlaceholderData ? "of the text before your last change" : undefined}
    >
      {hasCases ? (
        <>
          {asked.isError && <Notice problem={explainError(asked.error)} />}
          {asked.data !== undefined && <TrialView trial={asked.data} />}
          {asked.isPending && <p className="text-read text-soft">Tried once the policies fit the schema.</p>}
        </>
      ) : (
        <p className="text-read text-soft">
          None yet. Add a file that ends in .cases.yaml: who asks what, and what must come of it. They go with the
          version, and one that fails any of them is not activated.
        </p>
      )}
    </Panel>
  );
}
