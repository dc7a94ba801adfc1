// What a process holds and has spent, in a file that is mapped into its memory: a write costs nanoseconds, and what was
// written outlives the process, however it ended. Read back at the next start, it says what was under way.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newId } from "../kernel/index.ts";

/** The totals of one account. */
export interface BookPage {
  held: number;
  spent: number;
  returned: number;
}

/** An account that an earlier process left open. */
export interface LeftPage extends BookPage {
  accountId: string;
  startsAtMs: number;
  onCrash: "charged" | "freed";
}

export interface LeaseBook {
  /** Who leases, in the database's books: each process anew. */
  readonly holder: string;
  /** What the process before this one left, and as whom. */
  readonly left: readonly LeftPage[];
  readonly leftBy: string;
  /** False when the machine went down since, so that the last writes may be missing. */
  readonly isTrusted: boolean;
  /** A page of its own, until it is closed; what was left before is forgotten with the first. Undefined when all are taken. */
  open(account: { id: string; startsAtMs: number; onCrash: "charged" | "freed" }): BookPage | undefined;
  close(page: BookPage): void;
}

interface Index {
  holder: string;
  boot: string;
  /** The numbers are in the file; where a system cannot map files, they ended with the process. */
  isMapped: boolean;
  /** By page; null where it is free. */
  pages: (Omit<LeftPage, keyof BookPage> | null)[];
}

const PAGES_MAX = 8192;
const NUMBERS_A_PAGE = 3;
const BYTES = PAGES_MAX * NUMBERS_A_PAGE * Float64Array.BYTES_PER_ELEMENT;

export function openLeaseBook(folder: string): LeaseBook {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const indexPath = join(folder, "leases.json");
  const boot = bootId();
  const before = readIndex(indexPath);
  const mapped = mapNumbers(join(folder, "leases.bin"));
  const numbers = mapped ?? new Float64Array(PAGES_MAX * NUMBERS_A_PAGE);
  const left = (before?.pages ?? []).flatMap((page, place) =>
    page ? [{ ...page, ...numbersAt(numbers, place) }] : [],
  );
  const index: Index = { holder: newId(), boot, isMapped: mapped !== undefined, pages: [] };
  const places = new Map<BookPage, number>();

  function writeIndex(): void {
    writeFileSync(`${indexPath}.new`, JSON.stringify(index), { mode: 0o600 });
    renameSync(`${indexPath}.new`, indexPath);
  }

  return {
    holder: index.holder,
    left,
    leftBy: before?.holder ?? index.holder,
    isTrusted: before === undefined || (before.isMapped && before.boot === boot),
    open({ id, startsAtMs, onCrash }) {
      const free = index.pages.indexOf(null);
      const place = free === -1 ? index.pages.length : free;
      if (place >= PAGES_MAX) return undefined;
      numbers.fill(0, place * NUMBERS_A_PAGE, (place + 1) * NUMBERS_A_PAGE);
      index.pages[place] = { accountId: id, startsAtMs, onCrash };
      writeIndex();
      const page = pageAt(numbers, place);
      places.set(page, place);
      return page;
    },
    close(page) {
      const place = places.get(page);
      if (place === undefined) return;
      places.delete(page);
      index.pages[place] = null;
      writeIndex();
    },
  };
}

/** A page that ends with the process, for what need not be known after it. */
export function loosePage(): BookPage {
  return { held: 0, spent: 0, returned: 0 };
}

/** Undefined where the system does not map files. */
function mapNumbers(path: string): Float64Array | undefined {
  if (!existsSync(path)) writeFileSync(path, new Uint8Array(BYTES), { mode: 0o600 });
  try {
    const bytes = Bun.mmap(path, { shared: true });
    return new Float64Array(bytes.buffer, bytes.byteOffset, PAGES_MAX * NUMBERS_A_PAGE);
  } catch {
    return undefined;
  }
}

function pageAt(numbers: Float64Array, place: number): BookPage {
  const at = place * NUMBERS_A_PAGE;
  return {
    get held() {
      return numbers[at] ?? 0;
    },
    set held(value) {
      numbers[at] = value;
    },
    get spent() {
      return numbers[at + 1] ?? 0;
    },
    set spent(value) {
      numbers[at + 1] = value;
    },
    get returned() {
      return numbers[at + 2] ?? 0;
    },
    set returned(value) {
      numbers[at + 2] = value;
    },
  };
}

function numbersAt(numbers: Float64Array, place: number): BookPage {
  const { held, spent, returned } = pageAt(numbers, place);
  return { held, spent, returned };
}

function readIndex(path: string): Index | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Index) : undefined;
}

/** The same as long as the machine has not been started anew; empty where it cannot be known, which then never differs. */
function bootId(): string {
  const path = "/proc/sys/kernel/random/boot_id";
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
}
