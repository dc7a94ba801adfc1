// How whoever looks at a stream's texts says what is to become of them.
import type { Edit } from "./edit-texts.ts";
import type { TextPlace } from "./places.ts";

export interface TextWindow {
  place: Omit<TextPlace, "text" | "start" | "end">;
  /** What went out last of this text, and what has come since. */
  text: string;
  /** So many characters of it went out before. */
  shown: number;
  /** Nothing more comes. */
  isFinal: boolean;
  /** The whole of a text that an event says again, or at once. */
  isWhole: boolean;
}

export interface Settled {
  edits: readonly StreamEdit[];
  /** What was seen and stays as it is. */
  notes?: readonly StreamNote[];
  /** Up to here the text may go out, also where it is final. */
  safe: number;
}

export interface StreamNote {
  start: number;
  /** Told once, when its place goes out. */
  onMade?: () => void;
}

export interface StreamEdit extends Edit {
  /** Told once, when it is made. */
  onMade?: () => void;
}

export interface StreamEditing {
  mediaType: string;
  /** Characters of each text that are kept after they went out, to be looked at with what follows. */
  reach: number;
  settle(window: TextWindow): Settled;
  /** Told of each piece of a text as it comes. */
  onText?(place: TextPlace): void;
  /** Told of an event that cannot be read, before it goes out as it is. */
  onUnreadable?(): void;
}
