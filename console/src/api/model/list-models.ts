// What whoever is signed in may call: routes first, then models of vendors.

export interface CallableModel {
  id: string;
  /** `route`, or the vendor's name. */
  note: string;
}

/** Throws what `explainError` explains. */
export async function listModels(signal: AbortSignal): Promise<CallableModel[]> {
  const response = await fetch("/v1/models", { credentials: "same-origin", signal });
  const said = (await response.json().catch(() => null)) as { data?: { id: string; owned_by: string }[] } | null;
  if (!response.ok)
    throw Object.assign(new Error(`status ${response.status}`), { status: response.status, data: { body: said } });
  return (said?.data ?? []).map(({ id, owned_by }) => ({ id, note: owned_by === "binnacle" ? "route" : owned_by }));
}
