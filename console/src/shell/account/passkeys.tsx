// The reader's passkeys: add one on this device, take one away.
import { useQuery } from "@tanstack/react-query";
import { hasPasskeys, makePasskey } from "../../api/session.ts";
import { useServices } from "../../page/services.ts";
import { Button } from "../../components/parts/button.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { useChange } from "./use-change.ts";

export function Passkeys() {
  const { api } = useServices();
  const { problem, busy, change } = useChange("passkeys");
  const asked = useQuery({
    queryKey: ["passkeys"],
    queryFn: ({ signal }) => api.client.session.passkeys(undefined, { signal }),
  });
  const passkeys = asked.data?.passkeys ?? [];
  const add = async (): Promise<void> => {
    const answer = await makePasskey(await api.client.session.beginPasskey());
    await api.client.session.addPasskey({ name: `passkey ${passkeys.length + 1}`, answer: { ...answer } });
  };
  return (
    <section aria-labelledby="passkeys-title">
      <h3 id="passkeys-title" className="mb-1 font-semibold">
        Passkeys
      </h3>
      {passkeys.length > 0 && (
        <ul className="mb-2 divide-y divide-line border-y border-line">
          {passkeys.map(({ id, name, created_at_ms }) => (
            <li key={id} className="flex items-center gap-3 py-1.5">
              <p className="min-w-0 flex-1 truncate">
                <bdi>{name}</bdi>{" "}
                <span className="text-fine text-soft">since {new Date(created_at_ms).toLocaleDateString()}</span>
              </p>
              <Button disabled={busy} onClick={() => void change(() => api.client.session.removePasskey({ id }))}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {hasPasskeys() && (
        <Button disabled={busy} onClick={() => void change(add)}>
          Add a passkey
        </Button>
      )}
      {problem !== null && <Notice problem={problem} />}
    </section>
  );
}
