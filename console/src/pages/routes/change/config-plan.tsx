// A plan that is only read here: of a route that stands in the configuration file, with where it stands; or for a reader who may not
// change routes.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RouteView } from "../../../../../src/gateway/contract.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useServices } from "../../../page/services.ts";
import { type PlanFormat, writePlan } from "./plan-text.ts";

const formats = [
  { value: "yaml", label: "YAML" },
  { value: "json", label: "JSON" },
] as const;

export function ConfigPlan({ route }: { route: RouteView }) {
  const [format, setFormat] = useState<PlanFormat>("yaml");
  const text = writePlan(route.plan, format);
  return (
    <Panel
      title="The plan"
      note="read only"
      aside={
        <>
          <CopyButton text={text} label="the plan" />
          <Segmented label="Written as" options={formats} value={format} onChange={setFormat} />
        </>
      }
    >
      <div className="grid gap-3">
        {route.source === "config" ? (
          <Origin name={route.name} />
        ) : (
          <p className="text-soft">You may read routes, and not change them.</p>
        )}
        <CodeEditor label={`Plan of ${route.name}`} language={format} value={text} readOnly height="22rem" />
      </div>
    </Panel>
  );
}

function Origin({ name }: { name: string }) {
  const place = usePlaceInFile(name);
  return (
    <p>
      This route stands in the configuration file
      {place !== null && (
        <>
          {" "}
          <code className="font-mono text-fine">{place}</code>
        </>
      )}
      , under <code className="font-mono text-fine">gateway.routes.{name}</code>, and is changed there: the file comes
      before what is made here. A route under another name can be made here at any time.
    </p>
  );
}

/** The file and the line, as the server tells where each value was set; null where it does not. */
function usePlaceInFile(name: string): string | null {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["routes", "config"],
    queryFn: ({ signal }) => api.client.config(undefined, { signal }),
    staleTime: 60_000,
  });
  const within = `gateway.routes.${name}.`;
  const sources = (asked.data?.settings ?? []).flatMap(({ path, source }) =>
    path.startsWith(within) && source.kind === "file" ? [source] : [],
  );
  const first = sources.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0))[0];
  if (first === undefined) return null;
  return first.line === null ? first.file : `${first.file}:${first.line}`;
}
