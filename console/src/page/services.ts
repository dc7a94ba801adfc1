// What the signed-in page is made with, handed down once.
import { createContext, useContext } from "react";
import type { OwnSession } from "../../../src/identity/contract.ts";
import type { Api } from "../api/open-api.ts";

export interface Services {
  api: Api;
  session: OwnSession;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error("no services around this component");
  return services;
}

/** Whether the reader may do this. What they may not is not offered; the server refuses it in any case. */
export function useMay(action: string): boolean {
  return useServices().session.actions.includes(action);
}

/** Whether the reader may ask the API for this, by its operationId: `alerts.silences.create`. */
export function useMayDo(operation: string): boolean {
  return useServices().session.operations.includes(operation);
}
