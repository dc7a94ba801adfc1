// Credentials inside addresses, such as a database's, are not shown with them.

const IN_ADDRESS = /(\w+:\/\/[^/\s@:]*):[^/\s@]*@/g;
const AS_PARAMETER = /(\b\w*password=)[^&\s]*/gi;

/** Of a value of the config, and all that is in it. */
export function hideCredentials(value: unknown): unknown {
  if (typeof value === "string") return value.replace(IN_ADDRESS, "$1:…@").replace(AS_PARAMETER, "$1…");
  if (Array.isArray(value)) return value.map(hideCredentials);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideCredentials(inner)]));
}
