// The reader's own conversations, those used last first.
import { useQuery } from "@tanstack/react-query";
import { Age } from "../../../components/figures/moment.tsx";
import { useServices } from "../../../page/services.ts";
import { useLimits } from "../limits/limits.tsx";

const listed = 40;
export const historyKey = ["chat", "history"];
/** Every session of this page begins with it; what programs do is not listed. */
export const sessionPrefix = "chat-";

interface HistoryProps {
  open: string | undefined;
  onOpen: (conversation: string) => void;
}

export function History({ open, onOpen }: HistoryProps) {
  const { api, session } = useServices();
  const { data } = useQuery({
    queryKey: historyKey,
    queryFn: async ({ signal }) => {
      const filter = `session:${sessionPrefix}* AND key:"${session.key_id}"`;
      return (await api.client.sessions.list({ limit: listed, filter }, { signal })).items;
    },
    enabled: session.sees.records !== "nothing",
  });
  // The limits stand above it: nothing that can be pressed moves away when they come.
  const { isPending: areLimitsToCome } = useLimits();
  if (data === undefined || areLimitsToCome) return null;
  return (
    <section aria-label="Earlier conversations" className="grid gap-1">
      <h2 className="font-semibold">Earlier</h2>
      {data.length === 0 && <p className="text-soft">What you talk about will stand here.</p>}
      <ul className="-mx-2 grid">
        {data.map(({ name, last_request_preview, totals }) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === open ? "true" : undefined}
              onClick={() => onOpen(name)}
              className="grid w-full min-w-0 rounded-md px-2 py-1.5 text-left hover:bg-shoal aria-[current]:bg-tide"
            >
              <span className="truncate" dir="auto">
                {last_request_preview ?? "A conversation"}
              </span>
              <span className="text-fine text-soft">
                <Age ms={totals.ended_at_ms} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
