// Vectors as JSON has them: lists of numbers, or base64 of 32-bit floats with the lowest byte first. Every machine that this
// program runs on keeps its floats in that order.
import { isObject } from "../fields.ts";
import type { Vector } from "./contract.ts";

const FLOAT_BYTES = 4;

/** Undefined for what is neither a list of numbers nor base64 of whole floats. */
export function readVector(value: unknown): Vector | undefined {
  if (typeof value === "string") return vectorFromBase64(value);
  return isListOfNumbers(value) ? value : undefined;
}

/** Undefined where one of them is none. */
export function readVectors(values: unknown): Vector[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const vectors = values.map(readVector);
  return vectors.every((each) => each !== undefined) ? vectors : undefined;
}

export function isListOfNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}

function vectorFromBase64(text: string): Float32Array | undefined {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 0 || bytes.length % FLOAT_BYTES !== 0) return undefined;
  // Floats must stand at a multiple of their size; a buffer may begin anywhere.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

export function base64FromVector(vector: Vector): string {
  const floats = Float32Array.from(vector);
  return Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength).toString("base64");
}

/** Plain numbers, which JSON shows as a list. */
export function numbersOf(vector: Vector): number[] {
  return Array.isArray(vector) ? vector : Array.from(vector);
}

/** The `values` or `embedding` of each object in a list; undefined where one has none. */
export function readVectorsNamed(name: string, list: unknown): Vector[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return readVectors(list.map((each) => (isObject(each) ? each[name] : undefined)));
}
