// What a caller said since the last response, as the request of the next one's record: bounded, and without its sound.
import type { Frame } from "../../kernel/index.ts";
import { type RealtimeEvent, writeWithoutSound } from "../../providers/index.ts";

export interface HeardEvents {
  /** `event` is what the frame says. */
  add(event: RealtimeEvent, frame: Frame): void;
  /** All of it, an event a line in JSON; it begins anew. */
  take(): string;
}

const SOUND = "input_audio_buffer.append";

export function createHeardEvents(bytesMax: number): HeardEvents {
  let lines: string[] = [];
  let size = 0;
  let leftOut = 0;
  let sounds = 0;

  function keep(line: string): void {
    if (size + line.length > bytesMax) {
      leftOut += 1;
      return;
    }
    size += line.length;
    lines.push(line);
  }

  /** Sound comes in many small pieces, of which nothing is kept: their number will do. */
  function keepSounds(): void {
    if (sounds > 0) keep(JSON.stringify({ type: SOUND, events: sounds }));
    sounds = 0;
  }

  return {
    add(event, frame) {
      if (event.type === SOUND) {
        sounds += 1;
        return;
      }
      keepSounds();
      keep(event.type === "" ? describeFrame(frame) : writeWithoutSound(event));
    },
    take() {
      keepSounds();
      if (leftOut > 0) lines.push(JSON.stringify({ events_left_out: leftOut }));
      const text = lines.join("\n");
      [lines, size, leftOut] = [[], 0, 0];
      return text;
    },
  };
}

/** What is no event. */
function describeFrame(frame: Frame): string {
  return JSON.stringify(typeof frame === "string" ? { text: frame } : { binary_bytes: frame.length });
}
