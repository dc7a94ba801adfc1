// Traces, newest first: what began each, and what all of it came to.
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { TraceSummary } from "../../../../src/ledger/contract.ts";
import { Empty } from "../../components/frame/empty.tsx";
import { Segmented } from "../../components/parts/segmented.tsx";
import type { ListSearch } from "../../components/records/list-search.ts";
import { RecordPage } from "../../components/records/record-page.tsx";
import { useRecordList } from "../../components/records/use-record-list.ts";
import { valuesOfRecords } from "../../components/records/values-at-hand.ts";
import { useServices } from "../../page/services.ts";
import { traceColumns } from "./trace-columns.tsx";
import { hrefAt } from "../../page/address/href-at.ts";

const route = getRouteApi("/traces");
const keyOf = ({ trace_id }: TraceSummary): string => trace_id;

export function TracesPage() {
  const { api } = useServices();
  const search = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const match = search.match ?? "root";
  const list = useRecordList({ name: ["traces", match], search }, async (query, signal) => {
    const { traces, next_cursor } = await api.client.traces.list({ ...query, match }, { signal });
    return { rows: traces, next_cursor };
  });
  const valuesOf = useMemo(() => valuesOfRecords(list.rows.map(({ first }) => first)), [list.rows]);
  const change = (next: ListSearch & { match?: "any" | undefined }): void =>
    void navigate({ to: "/traces", search: { ...search, ...next }, replace: true });
  const hrefOf = useCallback(
    (trace: TraceSummary) =>
      hrefAt(router, router.buildLocation({ to: "/traces/$traceId", params: { traceId: trace.trace_id } })),
    [router],
  );
  return (
    <RecordPage
      title="Traces"
      list={list}
      rowKey={keyOf}
      columns={traceColumns}
      hrefOf={hrefOf}
      search={search}
      onSearch={change}
      example="kind:agent AND duration:>5s"
      valuesOf={valuesOf}
      path="/traces"
      controls={
        <Segmented
          label="The filter is for"
          value={match}
          onChange={(chosen) => change({ match: chosen === "any" ? "any" : undefined })}
          options={[
            { value: "root", label: "first record" },
            { value: "any", label: "any record" },
          ]}
        />
      }
      question={{ match: search.match }}
      empty={<NoTraces isNarrowed={search.filter !== undefined} />}
    />
  );
}

function NoTraces({ isNarrowed }: { isNarrowed: boolean }) {
  if (isNarrowed) return "No trace in this time passes the filter. Try “any record”, a longer time, or another filter.";
  return (
    <Empty
      title="No traces in this time"
      code={'export OTEL_EXPORTER_OTLP_ENDPOINT=ORIGIN\nexport OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20$BINNACLE_KEY"'.replace(
        "ORIGIN",
        location.origin,
      )}
    >
      Each call through Binnacle is a trace of its own. An application that exports OpenTelemetry shows its agents,
      steps and tools here as well, with the calls in their places: point its exporter at this server.
    </Empty>
  );
}
