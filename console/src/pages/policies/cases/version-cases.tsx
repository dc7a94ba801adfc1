// The cases of a version as they come out by its policies.
import { useQuery } from "@tanstack/react-query";
import { explainError } from "../../../api/explain-error.ts";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { type Files, isCaseFile } from "../editor/edit-files.ts";
import { TrialView } from "./trial-view.tsx";

export function VersionCases({ number, files }: { number: number; files: Files }) {
  const { api, session } = useServices();
  const hasCases = files.some(isCaseFile);
  const mayTry = session.operations.includes("policies.test");
  const asked = useQuery({
    queryKey: ["policies-cases", number],
    queryFn: ({ signal }) => api.client.policies.test({ number }, { signal }),
    enabled: hasCases && mayTry,
    retry: false,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (!hasCases) return <p className="text-soft">It has none. Cases stand in files that end in .cases.yaml.</p>;
  if (!mayTry)
    return <p className="text-soft">Only who may propose policies tries them; they stand among its files.</p>;
  if (asked.isError) return <Notice problem={explainError(asked.error)} />;
  if (asked.data === undefined) return <p className="text-soft">Trying them.</p>;
  return <TrialView trial={asked.data} />;
}
