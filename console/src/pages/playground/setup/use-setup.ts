// The setup of the page: from the address, else from this tab, else empty; and back into the address where it is short, and into the tab
// in any case. Another reader in the same tab begins anew.
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useServices } from "../../../page/services.ts";
import { emptySetup, readSetup, type Setup, writeSetup } from "./setup.ts";

const route = getRouteApi("/playground");
const ADDRESS_CHARACTERS_MAX = 1500;
const writeAfterMs = 400;
const storageKey = "binnacle.playground";

export function useSetup() {
  const { session } = useServices();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const whose = `${session.organisation}/${session.key_id}`;
  const [setup, setSetup] = useState<Setup>(() => readSetup(search.setup) ?? readKept(whose) ?? emptySetup);
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = writeSetup(setup);
      keep(whose, text);
      const isDefault = text === writeSetup(emptySetup);
      const inAddress = isDefault || text.length > ADDRESS_CHARACTERS_MAX ? undefined : text;
      void navigate({ search: (before) => ({ ...before, setup: inAddress }), replace: true });
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [setup, whose, navigate]);
  return { setup, setSetup, callId: search.call };
}

function readKept(whose: string): Setup | null {
  try {
    const { by, setup } = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}") as { by?: string; setup?: string };
    return by === whose ? readSetup(setup) : null;
  } catch {
    return null;
  }
}

function keep(whose: string, setup: string): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ by: whose, setup }));
  } catch {
    // Too much for the tab to hold, such as several pictures: it is gone when the page is left.
  }
}
