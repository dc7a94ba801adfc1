// A response that we keep is a call on the record, and its id says which.

const ID = /^resp_bn([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

export function responseIdOf(callId: string): string {
  return `resp_bn${callId.replaceAll("-", "")}`;
}

/** Undefined for ids that a vendor gave. */
export function callIdIn(responseId: string): string | undefined {
  const [, ...groups] = ID.exec(responseId) ?? [];
  return groups.length === 0 ? undefined : groups.join("-");
}
