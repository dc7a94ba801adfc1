// Which pictures are taken: every page of the console × theme × width × data, or those that are asked for. Pure.
import { parseArgs } from "node:util";
import { chatPage, pages } from "../../console/src/shell/routing/pages.ts";

export const themes = ["light", "dark"] as const;
/** Nothing; a dozen calls; the demo week. */
export const dataNames = ["empty", "few", "seeded"] as const;
/** Whatever a server that runs already has on record. */
export const GIVEN = "given";
/** Width and height: a telephone, a laptop, a wide screen. */
export const screens: Readonly<Record<string, number>> = { "390": 844, "1440": 900, "2560": 1440 };

export type Theme = (typeof themes)[number];
export type OwnData = (typeof dataNames)[number];
export type DataName = OwnData | typeof GIVEN;

export interface Shot {
  /** `sign-in` is what whoever has not signed in sees; `record` is that of the newest call. */
  page: string;
  theme: Theme;
  width: number;
  height: number;
  data: DataName;
}

/** A server that runs, and a key that may see everything. */
export interface GivenServer {
  url: string;
  key: string;
}

export interface ShotsWish {
  into: string;
  atOnce: number;
  given?: GivenServer;
  shots: readonly Shot[];
}

export const SIGN_IN = "sign-in";
export const RECORD = "record";
const USUAL_DATA: readonly OwnData[] = ["empty", "seeded"];
const ALL_PAGES = [...pages.map(({ path }) => path), chatPage.path, RECORD, SIGN_IN];

export const USAGE = `npm run console -- shots --into FOLDER [options]
  --page PATH     only this page (${ALL_PAGES.join(" ")}), or any other address such as '/calls?outcome=failed'
  --theme NAME    only this theme (${themes.join(", ")})
  --width N       only this width (${Object.keys(screens).join(", ")}, or any other)
  --data NAME     with this data (${dataNames.join(", ")}) in place of ${USUAL_DATA.join(" and ")}
  --height N      a screen of that height, to see what lies below the fold
  --url ADDRESS   of a server that runs already, with the data that it has ("${GIVEN}"), in place of one started for this
  --key KEY       for that server; a key that may see everything
  --at-once N     so many at once (2)
--page, --theme, --width and --data may be given again.
`;

/** Throws a TypeError that says what is wrong with the arguments. */
export function readShotsWish(args: readonly string[]): ShotsWish {
  const one = { type: "string" } as const;
  const many = { type: "string", multiple: true } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      into: one,
      "at-once": { type: "string", default: "2" },
      page: many,
      theme: many,
      width: many,
      height: one,
      data: many,
      url: one,
      key: one,
    },
  });
  if (values.into === undefined) throw new TypeError("--into names the folder that the pictures go into");
  const given = readGiven(values);
  const screensWished = (values.width ?? Object.keys(screens)).map((width) => readScreen(width, values.height));
  const wished: readonly DataName[] = given === undefined ? chosen(values.data ?? USUAL_DATA, dataNames) : [GIVEN];
  const shots = wished.flatMap((data) =>
    (values.page ?? ALL_PAGES).flatMap((page) =>
      chosen(values.theme, themes).flatMap((theme) =>
        screensWished.map((screen): Shot => ({ page, theme, data, ...screen })),
      ),
    ),
  );
  return {
    into: values.into,
    atOnce: readWhole("at-once", values["at-once"], { from: 1, to: 100 }),
    ...(given && { given }),
    // Where nothing happened there is no record.
    shots: shots.filter(({ page, data }) => page !== RECORD || data !== "empty"),
  };
}

/** Where a picture goes, below the folder. */
export function fileOf({ data, page, theme, width }: Shot): string {
  const name = page === "/" ? "helm" : page.replaceAll(/[^\w]+/g, "-").replaceAll(/^-|-$/g, "");
  return `${data}/${name}-${theme}-${width}.png`;
}

function chosen<Name extends string>(given: readonly string[] | undefined, known: readonly Name[]): readonly Name[] {
  const unknown = given?.find((name) => !known.some((each) => each === name));
  if (unknown !== undefined) throw new TypeError(`there is no "${unknown}"; choose from ${known.join(", ")}`);
  return given === undefined ? known : known.filter((name) => given.includes(name));
}

function readGiven({
  url,
  key,
  data,
}: {
  url?: string;
  key?: string;
  data?: readonly string[];
}): GivenServer | undefined {
  if (url === undefined && key === undefined) return undefined;
  if (url === undefined || key === undefined) throw new TypeError("--url and --key go together");
  if (data !== undefined) throw new TypeError("the server at --url has data of its own: leave --data out");
  return { url: url.replace(/\/$/, ""), key };
}

function readScreen(width: string, height: string | undefined): { width: number; height: number } {
  const bounds = { from: 200, to: 8000 };
  return {
    width: readWhole("width", width, bounds),
    height: height === undefined ? (screens[width] ?? 900) : readWhole("height", height, bounds),
  };
}

function readWhole(option: string, text: string, { from, to }: { from: number; to: number }): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < from || number > to)
    throw new TypeError(`--${option} takes a whole number from ${from} to ${to}`);
  return number;
}
