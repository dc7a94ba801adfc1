// Waits for the first call that a new key makes, and greets it.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Mark } from "../../../components/brand/mark.tsx";
import { formatDuration, formatUsd } from "../../../format/figures.ts";
import { useMay, useServices } from "../../../page/services.ts";

const waitMs = 1000;

export function FirstUse({ keyId, sinceMs }: { keyId: string; sinceMs: number }) {
  const { api } = useServices();
  const maySee = useMay("read_records");
  const asked = useQuery({
    queryKey: ["first call of", keyId],
    queryFn: async ({ signal }) =>
      (await api.client.calls.list({ key_id: keyId, since_ms: sinceMs, limit: 1 }, { signal })).calls[0] ?? null,
    enabled: maySee,
    // One that was refused is told, and the next one waited for.
    refetchInterval: (query) => (query.state.data?.answer ? false : waitMs),
  });
  if (!maySee) return null;
  const call = asked.data ?? null;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-md border border-line px-3 py-2.5">
      <Mark size={32} hunting={!call?.answer} />
      {call === null ? (
        <p className="min-w-48 flex-1 text-read text-soft">Waiting for its first call.</p>
      ) : (
        <>
          <p className="min-w-48 flex-1 text-read">
            <strong className="font-semibold">
              {call.answer === null ? "A call came, and had no answer." : "Its first call is on the record."}
            </strong>{" "}
            {call.answer === null
              ? (call.error?.message ?? "The record says why.")
              : `${call.answer.target} answered in ${formatDuration(call.timings.total_ms)}${call.cost.usd_micros === null ? "" : ` for ${formatUsd(call.cost.usd_micros)}`}.`}
          </p>
          <Link to="/calls/{-$callId}" params={{ callId: call.id }} className="text-pen underline underline-offset-2">
            Open its record
          </Link>
        </>
      )}
    </div>
  );
}
