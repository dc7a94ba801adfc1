// Requests of every kind for an operation: as its schema has them, nearly so, and not at all.
import * as fc from "fast-check";
import { exampleOf, type JsonSchema } from "./example-of.ts";
import type { Operation } from "./operations.ts";

export interface MadeRequest {
  method: string;
  /** With its query. */
  address: string;
  headers: Record<string, string>;
  /** Undefined where none is sent. */
  body: string | undefined;
}

const hostileTexts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00\ud800",
  "../../../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "....//....//",
  "%00",
  "%",
  "%zz",
  "'; drop table ledger_records; --",
  '" or "1"="1',
  "$1::uuid",
  "\\",
  "*",
  "%_",
  "__proto__",
  "constructor",
  "toString",
  "NaN",
  "Infinity",
  "-0",
  "1e309",
  "0x10",
  "9".repeat(400),
  "-9223372036854775809",
  "a".repeat(5000),
  "é".repeat(500),
  "🙂".repeat(100),
  "\u202e\u200b\ufeff",
  "\r\nx-injected: 1",
  "null",
  "[]",
  "{}",
  "default",
  "acme",
  "00000000-0000-7000-8000-000000000000",
  "ffffffff-ffff-7fff-bfff-ffffffffffff",
  "f".repeat(32),
  "bnVsbA",
  Buffer.from("0_00000000-0000-7000-8000-000000000000_0").toString("base64url"),
  Buffer.from("999999999999999_ffffffff-ffff-7fff-bfff-ffffffffffff_-9999999999999999").toString("base64url"),
  "((((((((((",
  "kind:call AND NOT (",
  'data.a.b.c.-1:>1 "x" *',
  "cost:>1e308",
  "duration:[* TO *]",
  "trace:" + "f".repeat(32),
];
const hostileNumbers = [-1, 0, 0.5, 1e21, -1e21, 1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 253_402_300_800_000, 8.64e15 + 1];

const hostileText = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary", maxLength: 40 }));
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(...hostileNumbers, null, true, [], {}, [[]], [null], { "": "" }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {}}}') as unknown),
);

/** As the schema has it, mostly. */
function valueOf(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(exampleOf(schema));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (parts?.length) return fc.oneof(...parts.map((part) => valueOf(part, depth + 1)));
  switch (schema.type) {
    case "object":
      return objectOf(schema, depth);
    case "array":
      return fc.array(valueOf(schema.items ?? {}, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: (schema.minItems ?? 0) + 3,
      });
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? -1000, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 1e6, 2 ** 31 - 1),
      });
    case "number":
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e9, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return fc.oneof(
        fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 20, 60) }),
        fc.constantFrom("sim/sim-instant", "model", "day", "1h", "kind:call", "default"),
      );
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valueOf(schema, depth + 1)]),
  );
  return fc.record(values, { requiredKeys: required.filter((name) => name in values) });
}

/** One field of it is something else, or missing, or one too many. */
function nearly(schema: JsonSchema): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return hostile;
  return fc
    .tuple(valueOf(schema), fc.constantFrom(...names, "unheard_of"), fc.option(hostile))
    .map(([value, name, other]) => {
      const changed = { ...(value as Record<string, unknown>) };
      if (other === null) delete changed[name];
      else changed[name] = other;
      return changed;
    });
}

function bodyOf(schema: JsonSchema): fc.Arbitrary<string> {
  const written = (value: fc.Arbitrary<unknown>) => value.map((each) => JSON.stringify(each) ?? "");
  return fc.oneof(
    { weight: 4, arbitrary: written(valueOf(schema)) },
    { weight: 5, arbitrary: written(nearly(schema)) },
    { weight: 1, arbitrary: written(hostile) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "",
        "{",
        '{"a":1,"a":2}',
        "[".repeat(5000),
        `${"[".repeat(3000)}${"]".repeat(3000)}`,
        "\ufeff{}",
      ),
    },
  );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const headers = fc.record(
  {
    "x-binnacle-organisation": fc.constantFrom("default", "nobody", "DEFAULT", "a b", "default, acme", "%64efault", ""),
    "x-request-id": fc.constantFrom("../../x", "a".repeat(4000), "{}", "0"),
    "x-http-method-override": fc.constant("DELETE"),
    "x-forwarded-for": fc.constantFrom("127.0.0.1", "::1, evil", "999.999.999.999"),
    "content-type": fc.constantFrom(
      "application/json",
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "?",
    ),
  },
  { requiredKeys: [] },
);

export function requestsFor({ method, path, parameters, body }: Operation): fc.Arbitrary<MadeRequest> {
  const inPath = fc.oneof(hostileText, fc.constantFrom("absent", "model", "0")).map((text) => encoded(text) || "x");
  const inQuery = parameters.filter((each) => each.in === "query");
  const entry =
    inQuery.length === 0
      ? fc.tuple(fc.constantFrom("unheard_of", "limit", "__proto__"), hostile)
      : fc
          .constantFrom(...inQuery)
          .chain(({ name, schema = {} }) =>
            fc.tuple(
              fc.constantFrom(name, name, name, `${name}[]`, `${name}[a][b]`),
              fc.oneof(valueOf(schema), hostile),
            ),
          );
  const names = [...path.matchAll(/\{(\w+)\}/g)];
  return fc
    .record({
      ids: fc.tuple(...names.map(() => inPath)),
      query: fc.array(entry, { maxLength: 4 }),
      headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
      body: body ? fc.option(bodyOf(body), { freq: 20, nil: undefined }) : fc.constant(undefined),
    })
    .map(({ ids, query, headers: said, body: written }) => {
      const left = [...(ids as string[])];
      const written_path = path.replace(/\{\w+\}/g, () => left.shift() ?? "x");
      const search = query.map(([name, value]) => `${encoded(name)}=${encoded(textOf(value))}`).join("&");
      return {
        method,
        address: `/api/v1${written_path}${search && `?${search}`}`,
        headers: said as Record<string, string>,
        body: written,
      };
    });
}
