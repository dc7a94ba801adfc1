// Where the reader is signed in, and the end of each.
import { useQuery } from "@tanstack/react-query";
import { explainError } from "../../api/explain-error.ts";
import { useServices } from "../../page/services.ts";
import { Button } from "../../components/parts/button.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { useChange } from "./use-change.ts";

export function Devices() {
  const { api } = useServices();
  const { problem, busy, change } = useChange("devices");
  const asked = useQuery({
    queryKey: ["devices"],
    queryFn: ({ signal }) => api.client.session.list(undefined, { signal }),
  });
  const sessions = asked.data?.sessions ?? [];
  return (
    <section aria-labelledby="devices-title">
      <h3 id="devices-title" className="mb-1 font-semibold">
        Signed in
      </h3>
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map(({ id, way, agent, address, created_at_ms, is_current }) => (
          <li key={id} className="flex items-center gap-3 py-1.5">
            <div className="min-w-0 flex-1">
              <p className="truncate">
                <bdi>{agent || "an unnamed program"}</bdi>
              </p>
              <p className="truncate text-fine text-soft">
                {is_current ? "this one · " : ""}by {way} from {address} since{" "}
                {new Date(created_at_ms).toLocaleString()}
              </p>
            </div>
            {!is_current && (
              <Button disabled={busy} onClick={() => void change(() => api.client.session.end({ id }))}>
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button className="mt-2" disabled={busy} onClick={() => void change(() => api.client.session.endOthers())}>
          End all others
        </Button>
      )}
      {asked.isError && <Notice problem={explainError(asked.error)} />}
      {problem !== null && <Notice problem={problem} />}
    </section>
  );
}
