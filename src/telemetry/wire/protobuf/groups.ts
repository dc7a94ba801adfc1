// The outer layers of a request in protobuf, which traces, logs and metrics have in common: resources, their scopes, and
// where the records of each stand.
import type { Reader } from "protobufjs/minimal";
import { type Group, noResource, noScope } from "../group.ts";
import type { WireBounds } from "../taking.ts";
import type { WireResource, WireScope } from "../wire-span.ts";
import { enter, type KnownTexts, leave, openReader, passBytes, passField } from "./frame.ts";
import { beginReading, createAttributeTaker, type ProtobufTaking, readName } from "./values.ts";

/** How a request's outer layers are read. */
export interface Outer {
  bounds: WireBounds;
  known: KnownTexts;
  /** Throws where there are more than may be: millions of empty ones fit into a few megabytes. */
  count(): void;
}

/** Throws where the outer layers do not add up. */
export function readGroups(bytes: Uint8Array, outer: Outer): Group<Buffer>[] {
  const reader = openReader(bytes);
  const groups: Group<Buffer>[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 10) groups.push(...readResourceGroups(passBytes(reader), outer));
    else passField(reader, tag);
  }
  return groups;
}

/** The fields of a message may stand in any order: the resource may come after the scopes. */
function readResourceGroups(bytes: Buffer, outer: Outer): Group<Buffer>[] {
  outer.count();
  const reader = openReader(bytes);
  const taking = beginReading(outer.bounds, outer.known);
  let resource: WireResource = noResource;
  let schemaUrl = "";
  const scopes: Buffer[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: resource, 2: scopes, 3: schema_url
    if (tag === 10) resource = readResource(reader, taking);
    else if (tag === 18) scopes.push(passBytes(reader));
    else if (tag === 26) schemaUrl = readName(reader, taking, "resource.schema_url");
    else passField(reader, tag);
  }
  const whole = schemaUrl === "" ? resource : { ...resource, schemaUrl };
  return scopes.map((scope) => readScopeGroup(scope, { resource: whole, outer, cut: taking.cut }));
}

function readResource(reader: Reader, taking: ProtobufTaking): WireResource {
  const outer = enter(reader);
  const taker = createAttributeTaker(taking, "resource");
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 10) taker.take(reader);
    else passField(reader, tag);
  }
  leave(reader, outer);
  return { attributes: taker.attributes, schemaUrl: "" };
}

function readScopeGroup(
  bytes: Buffer,
  { resource, outer, cut }: { resource: WireResource; outer: Outer; cut: readonly string[] },
): Group<Buffer> {
  outer.count();
  const reader = openReader(bytes);
  const taking = beginReading(outer.bounds, outer.known);
  let scope: WireScope = noScope;
  let schemaUrl = "";
  const items: Buffer[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: scope, 2: records, 3: schema_url
    if (tag === 18) {
      outer.count();
      items.push(passBytes(reader));
    } else if (tag === 10) scope = readScope(reader, taking);
    else if (tag === 26) schemaUrl = readName(reader, taking, "scope.schema_url");
    else passField(reader, tag);
  }
  return { resource, scope: schemaUrl === "" ? scope : { ...scope, schemaUrl }, items, cut: [...cut, ...taking.cut] };
}

function readScope(reader: Reader, taking: ProtobufTaking): WireScope {
  const outer = enter(reader);
  const scope = { ...noScope };
  const taker = createAttributeTaker(taking, "scope");
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: name, 2: version, 3: attributes
    if (tag === 10) scope.name = readName(reader, taking, "scope.name");
    else if (tag === 18) scope.version = readName(reader, taking, "scope.version");
    else if (tag === 26) taker.take(reader);
    else passField(reader, tag);
  }
  leave(reader, outer);
  return { ...scope, attributes: taker.attributes };
}
