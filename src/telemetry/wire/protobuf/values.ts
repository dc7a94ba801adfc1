// Attributes and their values in protobuf: common.proto's KeyValue and AnyValue, by their field numbers.
import type { Reader } from "protobufjs/minimal";
import {
  cleanKey,
  noteCut,
  numberInWords,
  setAttribute,
  type Taking,
  takeName,
  takeText,
  takeValue,
} from "../taking.ts";
import type { JsonValue, WireAttributes } from "../wire-span.ts";
import { enter, leave, passBytes, passField, readInt64, readText } from "./frame.ts";

const KEY_BYTES_MAX = 1024;

/** Adds one KeyValue to the attributes; `where` names them in what was cut. */
export function readAttribute(reader: Reader, attributes: WireAttributes, at: Place): void {
  const outer = enter(reader);
  let key = "";
  let value: JsonValue = null;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    // 1: key, 2: value
    if (tag === 10) key = cleanKey(readText(reader, KEY_BYTES_MAX).text);
    else if (tag === 18) value = readAnyValue(reader, { ...at, what: nameOf(at.what, key) });
    else passField(reader, tag);
  }
  leave(reader, outer);
  at.taking.bytesLeft -= key.length;
  setAttribute(attributes, key, value);
}

/** Where a value stands: in whose record, how deep, and under what name. */
export interface Place {
  taking: Taking;
  depth: number;
  what: string;
}

function nameOf(where: string, key: string): string {
  return where === "" ? key : `${where}.${key}`;
}

/** How many of them there may be is counted here, so that a flood is stepped over and not read. */
export function createAttributeTaker(taking: Taking, where: string) {
  const attributes: WireAttributes = {};
  const place: Place = { taking, depth: 0, what: where };
  let count = 0;
  return {
    attributes,
    take(reader: Reader): void {
      count += 1;
      if (count <= taking.bounds.attributes_max && taking.bytesLeft > 0) {
        readAttribute(reader, attributes, place);
        return;
      }
      noteCut(taking, where);
      passBytes(reader);
    },
  };
}

/** Past the bound of depth a value is null, and named as cut: nothing here descends further than that. */
export function readAnyValue(reader: Reader, place: Place): JsonValue {
  const { taking, depth, what } = place;
  const outer = enter(reader);
  if (depth >= taking.bounds.depth_max) {
    noteCut(taking, what);
    reader.pos = reader.len;
  }
  let value: JsonValue = null;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        value = readString(reader, place);
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
        value = readList(reader, place);
        break;
      case 50:
        value = readMap(reader, place);
        break;
      case 58:
        value = readBytes(reader, place);
        break;
      default:
        passField(reader, tag);
    }
  }
  leave(reader, outer);
  taking.bytesLeft -= 1;
  return value;
}

function readString(reader: Reader, { taking, what }: Place): string {
  const { text, isCut } = readText(reader, taking.bounds.value_bytes_max);
  if (isCut) noteCut(taking, what);
  return takeText(taking, text, what);
}

function readBytes(reader: Reader, { taking, what }: Place): string {
  const bytes = passBytes(reader);
  const { value_bytes_max } = taking.bounds;
  if (bytes.length > value_bytes_max) noteCut(taking, what);
  return takeText(taking, bytes.subarray(0, value_bytes_max).toString("base64"), what);
}

function readList(reader: Reader, { taking, depth, what }: Place): JsonValue[] {
  const outer = enter(reader);
  const list: JsonValue[] = [];
  const inner = { taking, depth: depth + 1, what };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== 10) passField(reader, tag);
    else if (takeValue(taking, what)) list.push(readAnyValue(reader, inner));
    else passBytes(reader);
  }
  leave(reader, outer);
  return list;
}

function readMap(reader: Reader, { taking, depth, what }: Place): WireAttributes {
  const outer = enter(reader);
  const map: WireAttributes = {};
  const inner = { taking, depth: depth + 1, what };
  let count = 0;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag !== 10) passField(reader, tag);
    else if (++count <= taking.bounds.attributes_max && takeValue(taking, what)) readAttribute(reader, map, inner);
    else {
      noteCut(taking, what);
      passBytes(reader);
    }
  }
  leave(reader, outer);
  return map;
}

/** The name of a span, an event, a scope. */
export function readName(reader: Reader, taking: Taking, what: string): string {
  const { text, isCut } = readText(reader, taking.bounds.value_bytes_max);
  if (isCut) noteCut(taking, what);
  return takeName(taking, text, what);
}
