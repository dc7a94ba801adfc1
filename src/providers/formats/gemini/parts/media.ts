// Pictures, sound, films and documents, both directions: Google's `inlineData` and `fileData`, and the canonical parts.
import type { Extra, Part } from "../../../contract.ts";
import { readDataUrl } from "../../anthropic-messages/media.ts";
import { definedOnly } from "../../fields.ts";
import { audioFormat, audioType, typeByName } from "./media-types.ts";

export interface Found {
  mimeType: string | undefined;
  /** Base64. */
  data?: string;
  uri?: string;
  displayName?: string | undefined;
}

/** Google's own files, which no other vendor could fetch. */
const GOOGLE_FILE = /^(?:gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/)/;

/** The canonical part. `extra` is what else stood beside it. */
export function partFromMedia(found: Found, extra: Extra = {}): Part {
  const { part, unsaid } = found.data === undefined ? fromUri(found, found.uri ?? "") : fromData(found, found.data);
  const all = { ...unsaid, ...extra };
  return Object.keys(all).length > 0 ? ({ ...part, extra: all } as Part) : part;
}

interface Said {
  part: Part;
  /** What the part has no word for, as Google says it. */
  unsaid?: Extra | undefined;
}

function fromData({ mimeType = "", displayName }: Found, data: string): Said {
  const url = `data:${mimeType};base64,${data}`;
  const unsaid = displayName === undefined ? undefined : { inlineData: { displayName } };
  const [kind] = mimeType.split("/");
  if (kind === "image") return { part: { type: "image", url }, unsaid };
  if (kind === "video") return { part: { type: "video", url, media_type: mimeType }, unsaid };
  if (kind !== "audio")
    return {
      part: definedOnly<Part>({ type: "file", data: url, media_type: mimeType, filename: displayName } as Part),
    };
  const format = audioFormat(mimeType);
  const isUsual = audioType(format) === mimeType;
  return {
    part: { type: "audio", data, format },
    unsaid: isUsual && !unsaid ? undefined : { inlineData: { ...unsaid?.inlineData, ...(!isUsual && { mimeType }) } },
  };
}

function fromUri({ mimeType, displayName }: Found, uri: string): Said {
  const guess = typeByName(uri);
  const kind = (mimeType ?? guess ?? "").split("/")[0];
  const isGoogles = GOOGLE_FILE.test(uri);
  const said = definedOnly<Extra>({ displayName, mimeType: mimeType === guess ? undefined : mimeType });
  const unsaid = Object.keys(said).length > 0 ? { fileData: said } : undefined;
  if (kind === "image")
    return { part: isGoogles ? { type: "image", url: "", file_id: uri } : { type: "image", url: uri }, unsaid };
  if (kind === "video") {
    const part = definedOnly<Part>({ type: "video", url: uri, media_type: mimeType } as Part);
    return { part, unsaid: displayName === undefined ? undefined : { fileData: { displayName } } };
  }
  const where = isGoogles ? { file_id: uri } : { url: uri };
  return { part: definedOnly<Part>({ type: "file", ...where, media_type: mimeType, filename: displayName } as Part) };
}

export type MediaPart = Extract<Part, { type: "image" | "audio" | "video" | "file" }>;

/** `{ inlineData }` or `{ fileData }`; undefined for a file that another vendor keeps. Extras are the caller's to add. */
export function mediaFromPart(part: MediaPart): Extra | undefined {
  switch (part.type) {
    case "audio":
      return { inlineData: { mimeType: audioType(part.format), data: part.data } };
    case "video":
      return fromUrl(part.url, part.media_type ?? typeByName(part.url) ?? "video/mp4");
    case "image": {
      const url = part.url === "" ? (part.file_id ?? "") : part.url;
      // Vertex insists on a type, and looks at the picture itself.
      return part.url === "" && !GOOGLE_FILE.test(url) ? undefined : fromUrl(url, typeByName(url) ?? "image/jpeg");
    }
    case "file":
      return fromFile(part);
  }
}

function fromFile(part: Extract<Part, { type: "file" }>): Extra | undefined {
  const { data, url, file_id: fileId, filename, media_type: mediaType } = part;
  const guess = mediaType ?? (filename === undefined ? undefined : typeByName(filename));
  if (data !== undefined) {
    const said = readDataUrl(data) ?? { mediaType: guess ?? "application/pdf", base64: data };
    const isVague = said.mediaType === "application/octet-stream" && guess !== undefined;
    return { inlineData: named({ mimeType: isVague ? guess : said.mediaType, data: said.base64 }, filename) };
  }
  const uri = url ?? fileId;
  if (uri === undefined || (url === undefined && !GOOGLE_FILE.test(uri))) return undefined;
  const mimeType = guess ?? typeByName(uri);
  return { fileData: named(definedOnly<Extra>({ fileUri: uri, mimeType }), filename) };
}

function named(said: Extra, displayName: string | undefined): Extra {
  return displayName === undefined ? said : { ...said, displayName };
}

function fromUrl(url: string, guess: string): Extra {
  const data = readDataUrl(url);
  if (data) return { inlineData: { mimeType: data.mediaType, data: data.base64 } };
  return { fileData: { fileUri: url, mimeType: guess } };
}
