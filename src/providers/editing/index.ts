// Texts of requests, answers and streams, changed where they stand: all other bytes are kept.
export { applyEdits, type Edit, editAnswer, type EditPlace, editPlaces, editRequest } from "./edit-texts.ts";
export { answerPlaces, requestPlaces, type TextKind, type TextPlace } from "./places.ts";
export { createStreamEditor, type StreamEditor } from "./stream-editor.ts";
export type { Settled, StreamEdit, StreamEditing, StreamNote, TextWindow } from "./stream-editing.ts";
export { type FilteredAnswer, writeFilteredEnd } from "./filtered-end.ts";
