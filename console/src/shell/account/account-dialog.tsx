// What concerns the reader alone: where they are signed in, passkeys, the password.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useServices } from "../../page/services.ts";
import { Button } from "../../components/parts/button.tsx";
import { ChangePassword } from "./change-password.tsx";
import { Devices } from "./devices.tsx";
import { Passkeys } from "./passkeys.tsx";

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { api } = useServices();
  const session = useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => api.client.session.get(undefined, { signal }),
    staleTime: Infinity,
  });
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const who = session.data;
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="account-title"
      className="m-auto max-h-[calc(100vh-2rem)] w-[min(34rem,calc(100vw-2rem))] overflow-y-auto rounded-md bg-sheet p-5 text-ink shadow-sheet backdrop:bg-[rgb(6_20_28/0.45)]"
    >
      <h2 id="account-title" className="text-title font-semibold">
        Your account
      </h2>
      {who !== undefined && (
        <p className="mb-4 text-soft">
          Signed in {who.kind === "person" ? "as" : "with the key"} <bdi className="text-ink">{who.key_name}</bdi>
          {who.roles.length > 0 && `, ${who.roles.join(", ")}`}
        </p>
      )}
      <div className="grid grid-cols-1 gap-5">
        <Devices />
        {who?.kind === "person" && (
          <>
            <Passkeys />
            <ChangePassword />
          </>
        )}
      </div>
      <div className="mt-4 flex justify-end">
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}
