// Media types: what an ending or a name of a format stands for. Gemini wants one with everything that is no text.

const TYPES = new Map(
  Object.entries({
    png: "image/png",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    webp: "image/webp",
    gif: "image/gif",
    heic: "image/heic",
    heif: "image/heif",
    wav: "audio/wav",
    mp3: "audio/mp3",
    aiff: "audio/aiff",
    aac: "audio/aac",
    ogg: "audio/ogg",
    flac: "audio/flac",
    m4a: "audio/m4a",
    mp4: "video/mp4",
    mpeg: "video/mpeg",
    mpg: "video/mpg",
    mov: "video/mov",
    webm: "video/webm",
    avi: "video/avi",
    wmv: "video/wmv",
    pdf: "application/pdf",
    txt: "text/plain",
    md: "text/markdown",
    csv: "text/csv",
    json: "application/json",
    html: "text/html",
    xml: "text/xml",
  }),
);

const YOUTUBE = /^https:\/\/(?:(?:www|m)\.)?(?:youtube\.com|youtu\.be)\//;

/** By the ending of a file's name or address; undefined where it says nothing. */
export function typeByName(name: string): string | undefined {
  if (YOUTUBE.test(name)) return "video/mp4";
  const path = name.replace(/[?#].*$/s, "");
  return TYPES.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase());
}

const AUDIO_FORMATS = new Map([
  ["mpeg", "mp3"],
  ["x-wav", "wav"],
  ["wave", "wav"],
]);

/** `mp3` for `audio/mpeg`. */
export function audioFormat(mediaType: string): string {
  const name = mediaType.slice("audio/".length);
  return AUDIO_FORMATS.get(name) ?? name;
}

export function audioType(format: string): string {
  return `audio/${format}`;
}
