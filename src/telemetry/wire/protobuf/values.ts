// Attributes and their values in protobuf: common.proto's KeyValue and AnyValue, by their field numbers.
import type { Reader } from "protobufjs/minimal";
import {
  beginTaking,
  cleanKey,
  noteCut,
  noteValueCut,
  numberInWords,
  setAttribute,
  type Taking,
  takeName,
  takeText,
  takeValue,
  type WireBounds,
} from "../taking.ts";
import type { JsonValue, WireAttributes } from "../wire-span.ts";
import { enter, type KnownTexts, leave, passBytes, passField, readInt64, readKey, readText } from "./frame.ts";

/** What a record in protobuf is read with. */
export interface ProtobufTaking extends Taking {
  readonly known: KnownTexts;
}

export function beginReading(bounds: WireBounds, known: KnownTexts): ProtobufTaking {
  return { ...beginTaking(bounds), known };
}

/** Adds one KeyValue to the attributes. */
function readAttribute(reader: Reader, attributes: WireAttributes, taking: ProtobufTaking): void {
  const outer = enter(reader);
  let key = "";
  let value: JsonValue = null;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: key, 2: value
    if (tag === 10) {
      key = cleanKey(readKey(reader, taking.known));
      if (taking.depth === 0) taking.key = key;
    } else if (tag === 18) value = readAnyValue(reader, taking);
    else passField(reader, tag);
  }
  leave(reader, outer);
  taking.bytesLeft -= key.length;
  setAttribute(attributes, key, value);
}

/** How many of them there may be is counted here, so that a flood is stepped over and not read. */
export function createAttributeTaker(taking: ProtobufTaking, where: string) {
  const attributes: WireAttributes = {};
  let count = 0;
  return {
    attributes,
    take(reader: Reader): void {
      count += 1;
      if (count <= taking.bounds.attributes_max && taking.bytesLeft > 0) {
        taking.where = where;
        readAttribute(reader, attributes, taking);
        return;
      }
      noteCut(taking, where);
      passBytes(reader);
    },
  };
}

/** Past the bound of depth a value is null, and named as cut: nothing here descends further than that. */
export function readAnyValue(reader: Reader, taking: ProtobufTaking): JsonValue {
  const outer = enter(reader);
  if (taking.depth >= taking.bounds.depth_max) {
    noteValueCut(taking);
    reader.pos = reader.len;
  }
  let value: JsonValue = null;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        value = readString(reader, taking);
        break;
      case 16:
        value = reader.bool();
        break;
      case 24:
        value = readInt64(reader);
        break;
      case 33:
        value = numberInWords(reader.double());
        break;
      case 42:
        value = readDeeper(reader, taking, readList);
        break;
      case 50:
        value = readDeeper(reader, taking, readMap);
        break;
      case 58:
        value = readBytes(reader, taking);
        break;
      default:
        passField(reader, tag);
    }
  }
  leave(reader, outer);
  taking.bytesLeft -= 1;
  return value;
}

function readString(reader: Reader, taking: Taking): string {
  return takeText(
    taking,
    readText(reader, taking.bounds.value_bytes_max, () => noteValueCut(taking)),
  );
}

function readBytes(reader: Reader, taking: Taking): string {
  const bytes = passBytes(reader);
  const { value_bytes_max } = taking.bounds;
  if (bytes.length > value_bytes_max) noteValueCut(taking);
  return takeText(taking, bytes.subarray(0, value_bytes_max).toString("base64"));
}

function readDeeper<Value>(
  reader: Reader,
  taking: ProtobufTaking,
  read: (reader: Reader, taking: ProtobufTaking) => Value,
): Value {
  const outer = enter(reader);
  taking.depth += 1;
  const value = read(reader, taking);
  taking.depth -= 1;
  leave(reader, outer);
  return value;
}

function readList(reader: Reader, taking: ProtobufTaking): JsonValue[] {
  const list: JsonValue[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== 10) passField(reader, tag);
    else if (takeValue(taking)) list.push(readAnyValue(reader, taking));
    else passBytes(reader);
  }
  return list;
}

function readMap(reader: Reader, taking: ProtobufTaking): WireAttributes {
  const map: WireAttributes = {};
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== 10) passField(reader, tag);
    else if (++count <= taking.bounds.attributes_max && takeValue(taking)) readAttribute(reader, map, taking);
    else {
      noteValueCut(taking);
      passBytes(reader);
    }
  }
  return map;
}

/** The name of a span, an event, a scope. */
export function readName(reader: Reader, taking: Taking, what: string): string {
  const text = readText(reader, taking.bounds.value_bytes_max, () => noteCut(taking, what));
  return takeName(taking, text, what);
}
