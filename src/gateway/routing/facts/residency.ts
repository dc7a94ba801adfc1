// Where a caller's data may go, as its call says, and whether a target may have it.
export interface Residency {
  /** Where it must be served. */
  readonly region: string | null;
  readonly dataClass: string | null;
}

/** What a route says of a target. */
export interface Permitted {
  region: string | undefined;
  dataClasses: readonly string[] | undefined;
}

export function readResidency(header: (name: string) => string | null): Residency {
  return { region: header("x-binnacle-region"), dataClass: header("x-binnacle-data-class") };
}

const ANYWHERE: Residency = { region: null, dataClass: null };

/** Of a call, which may have come without headers. */
export function residencyOf({ header }: { header?: ((name: string) => string | null) | undefined }): Residency {
  return header ? readResidency(header) : ANYWHERE;
}

export function isBound({ region, dataClass }: Residency): boolean {
  return region !== null || dataClass !== null;
}

/** What a caller says of its data binds: a target of which the route does not say that it may have them does not get them. */
export function whyForbidden(
  { region, dataClasses }: Permitted,
  { region: asked, dataClass }: Residency,
): string | undefined {
  if (asked !== null && region !== asked && region?.startsWith(`${asked}-`) !== true)
    return region === undefined ? "the route does not say its region" : `its region is ${region}`;
  if (dataClass === null || dataClasses?.includes(dataClass)) return undefined;
  return dataClasses ? "it is for other classes of data" : "the route does not say which classes of data it may have";
}
