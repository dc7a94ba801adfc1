// An invitation in the address, behind the #: no server writes it down on its way here.
import { useSyncExternalStore } from "react";

export function useInvitation(): { token: string | null; forget: () => void } {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return { token: invitationIn(hash), forget };
}

export function invitationIn(hash: string): string | null {
  return /^#\/invitation\/([\w.-]+)$/.exec(hash)?.[1] ?? null;
}

function forget(): void {
  history.replaceState(null, "", "#/calls");
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
