// Packed bodies, unpacked within a bound: a few hundred bytes may say that they are gigabytes.
import { constants, gunzip, gunzipSync, inflate, inflateRaw } from "node:zlib";
import { promisify } from "node:util";
import { telemetryErrors } from "../errors.ts";

const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate), raw: promisify(inflateRaw) };
/** Smaller ones are unpacked faster than a thread is asked to. */
const AT_ONCE_BYTES_MAX = 16 * 1024;

/** Throws `telemetry.too_large`, `bad_packing` and `unknown_packing`. */
export async function unpack(bytes: Uint8Array, encoding: string | null, bytesMax: number): Promise<Uint8Array> {
  if (bytes.length > bytesMax) throw telemetryErrors.too_large({ max: bytesMax });
  switch ((encoding ?? "").trim().toLowerCase()) {
    case "":
    case "identity":
      return bytes;
    case "gzip":
    case "x-gzip":
      return unpackWithin(bytes, "gzip", bytesMax);
    case "deflate":
      // Some send deflate as it is, without the head that the name promises.
      return unpackWithin(bytes, ((bytes[0] ?? 0) & 15) === 8 ? "deflate" : "raw", bytesMax);
    default:
      throw telemetryErrors.unknown_packing({ encoding: (encoding ?? "").slice(0, 100) });
  }
}

async function unpackWithin(bytes: Uint8Array, kind: keyof typeof unpackers, bytesMax: number): Promise<Uint8Array> {
  const options = { maxOutputLength: bytesMax, finishFlush: constants.Z_FINISH };
  try {
    if (kind === "gzip" && bytes.length <= AT_ONCE_BYTES_MAX) return gunzipSync(bytes, options);
    return await unpackers[kind](bytes, options);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE")
      throw telemetryErrors.too_large({ max: bytesMax }, cause);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw telemetryErrors.bad_packing({ encoding: kind === "raw" ? "deflate" : kind, why }, cause);
  }
}
