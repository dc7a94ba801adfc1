// What can be written next in the ledger's filter language, at the place where one writes. It reads only as far back as the word
// that is being written: whether all of it holds together is the server's to say.
import { type FilterField, filterFieldNames, filterFields } from "../../../../../src/ledger/filter/contract.ts";

export interface Completion {
  /** The whole filter, with this in it. */
  text: string;
  /** Where one writes on. */
  caret: number;
  /** What is offered. */
  label: string;
  note: string;
  /** The term is whole: what it finds can be shown. */
  isWhole: boolean;
}

/** Values that are at hand for a field, the likeliest first. */
export type ValuesOf = (field: string) => readonly { value: string; note?: string }[];

export interface Place {
  /** What is being written: the name of a field, or the value of one. */
  kind: "field" | "value";
  field: string;
  typed: string;
  /** Where it begins. */
  from: number;
  isQuoted: boolean;
  /** More values may follow before the bracket closes. */
  isInList: boolean;
}

const offeredMost = 60;
const inList = /(?:^|[\s(!-])([\p{L}_][\p{L}\p{N}_.\-/@$]*):\((?:[^()"]|"[^"]*")*?(?:^|[\s(,])("?)([^\s(),"]*)$/u;
const inValue = /(?:^|[\s(!-])([\p{L}_][\p{L}\p{N}_.\-/@$]*):(?:("?)([^\s()"]*)|"((?:[^"\\]|\\.)*))$/u;
const inField = /(?:^|[\s(!-])([\p{L}_][\p{L}\p{N}_.]*|)$/u;

/** What is being written at the caret; null within quotes and behind what is whole. */
export function placeOf(text: string, caret: number): Place | null {
  const before = text.slice(0, caret);
  const list = inList.exec(before);
  if (list)
    return valuePlace(caret, { field: list[1] ?? "", quote: list[2] ?? "", typed: list[3] ?? "", isInList: true });
  const value = inValue.exec(before);
  if (value) {
    const quoted = value[4];
    return valuePlace(caret, {
      field: value[1] ?? "",
      quote: quoted === undefined ? (value[2] ?? "") : '"',
      typed: quoted ?? value[3] ?? "",
      isInList: false,
    });
  }
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return null;
  const field = inField.exec(before);
  if (!field) return null;
  const typed = field[1] ?? "";
  return { kind: "field", field: "", typed, from: caret - typed.length, isQuoted: false, isInList: false };
}

interface ValueFound {
  field: string;
  quote: string;
  typed: string;
  isInList: boolean;
}

function valuePlace(caret: number, { field, quote, typed, isInList }: ValueFound): Place {
  return { kind: "value", field, typed, from: caret - typed.length - quote.length, isQuoted: quote !== "", isInList };
}

export function completeFilter(text: string, caret: number, valuesOf: ValuesOf): Completion[] {
  const place = placeOf(text, caret);
  if (place === null) return [];
  const put = putInto(text, caret, place.from);
  return place.kind === "field" ? completeField(place, text, put) : completeValue(place, valuesOf, put);
}

type Put = (insert: string, more: { label?: string; note: string; isWhole: boolean }) => Completion;

function putInto(text: string, caret: number, from: number): Put {
  const [before, after] = [text.slice(0, from), text.slice(caret)];
  return (insert, { label = insert, note, isWhole }) => {
    const gap = isWhole && after === "" ? " " : "";
    return {
      text: `${before}${insert}${gap}${after}`,
      caret: before.length + insert.length + gap.length,
      label,
      note,
      isWhole,
    };
  };
}

function completeField({ typed, from }: Place, text: string, put: Put): Completion[] {
  const wanted = typed.toLowerCase();
  const starts = filterFieldNames.filter((name) => name.startsWith(wanted));
  const others =
    wanted.length < 2 ? [] : filterFieldNames.filter((name) => !starts.includes(name) && isLike(name, wanted));
  const fields = [...starts, ...others].map((name) =>
    put(filterFields[name].type === "path" ? `${name}.` : `${name}:`, {
      note: filterFields[name].description,
      isWhole: false,
    }),
  );
  return [...joinersFor(text.slice(0, from), typed, put), ...fields].slice(0, offeredMost);
}

/** A field whose name or description has the word in it. */
function isLike(name: (typeof filterFieldNames)[number], wanted: string): boolean {
  return name.includes(wanted) || filterFields[name].description.toLowerCase().includes(wanted);
}

const joiners = [
  { word: "AND", note: "both; a blank is AND too" },
  { word: "OR", note: "one of them; AND binds more strongly" },
  { word: "NOT", note: "not so; also true where there is no value" },
];

/** Between two terms, and NOT before one. */
function joinersFor(before: string, typed: string, put: Put): Completion[] {
  const isBehindTerm = /[^\s(]\s+$/.test(before) && !/(?:AND|OR|NOT)\s+$/.test(before);
  return joiners
    .filter(({ word }) => (isBehindTerm || word === "NOT") && typed !== "" && word.startsWith(typed.toUpperCase()))
    .map(({ word, note }) => put(`${word} `, { label: word, note, isWhole: false }));
}

function completeValue(place: Place, valuesOf: ValuesOf, put: Put): Completion[] {
  const field = fieldNamed(place.field);
  if (field === undefined) return [];
  const known = field.values?.map((value) => ({ value, note: "" })) ?? valuesOf(place.field);
  const wanted = place.typed.toLowerCase();
  const fits = (text: string): boolean => text.toLowerCase().includes(wanted);
  const fitting = known.filter(({ value, note = "" }) => fits(value) || fits(note));
  const [first, then] = [true, false].map((isFirst) =>
    fitting.filter(({ value }) => value.toLowerCase().startsWith(wanted) === isFirst),
  );
  const values = [...(first ?? []), ...(then ?? [])].map(({ value, note = "" }) =>
    put(quoteValue(value), { label: value, note, isWhole: !place.isInList }),
  );
  return [...values, ...operatorsFor(field, place, put)].slice(0, offeredMost);
}

function fieldNamed(name: string): FilterField | undefined {
  const known = filterFieldNames.find((each) => each === name);
  return known === undefined ? undefined : filterFields[known];
}

/** Of figures how they are compared; of anything else that there is a value at all. */
function operatorsFor({ type, example }: FilterField, { typed, isQuoted }: Place, put: Put): Completion[] {
  if (typed !== "" || isQuoted) return [];
  const any = put("*", { note: "there is a value", isWhole: true });
  const written = example.slice(example.indexOf(":") + 1);
  if (type === "count" || type === "money" || type === "duration")
    return [
      put(">", { note: `more than: ${/^\W*\d/.test(written) ? example : "write a figure"}`, isWhole: false }),
      put("<", { note: "less than", isWhole: false }),
      put("[", { label: "[… TO …]", note: "from … to; * is open", isWhole: false }),
      any,
    ];
  return type === "boolean" ? [] : [any];
}

/** As a filter takes it: in quotes where something in it would be read otherwise. */
export function quoteValue(value: string): string {
  const isPlain = /^[\p{L}\p{N}_][\p{L}\p{N}_.\-/@:+]*$/u.test(value) && !/^(?:AND|OR|NOT|TO)$/i.test(value);
  return isPlain ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
