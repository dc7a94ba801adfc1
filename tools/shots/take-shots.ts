// Takes the pictures: a whole program for each kind of data, one browser, a few pages at a time.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { nothing } from "../../test/console/support/data.ts";
import { startDemoHouse } from "../../test/console/support/house/demo-house.ts";
import type { House } from "../../test/console/support/house/house.ts";
import { type ConsoleAddress, openConsole } from "../../test/console/support/open-console.ts";
import { takePicture } from "../../test/console/support/pictures.ts";
import { createSignIn } from "../../test/console/support/sign-in.ts";
import { startHouse } from "../../test/console/support/house/start-house.ts";
import { consoleFolder, launchBrowser } from "../../test/support/browser/browser.ts";
import { visitHouse } from "./visit-house.ts";
import {
  type DataName,
  fileOf,
  GIVEN,
  type OwnData,
  RECORD,
  type Shot,
  type ShotsWish,
  SIGN_IN,
} from "./plan-shots.ts";

/** What the pages did that no page may do, each with its picture. */
export type Complaint = { file: string; complaint: string };

const houses: Record<OwnData, (folder: string) => Promise<House>> = {
  empty: (folder) => startHouse({ consoleFolder: folder, data: nothing }),
  few: (folder) => startHouse({ consoleFolder: folder }),
  seeded: (folder) => startDemoHouse({ consoleFolder: folder }),
};

export async function takeShots(wish: ShotsWish, tell: (line: string) => void): Promise<Complaint[]> {
  const browser = await launchBrowser();
  const complaints: Complaint[] = [];
  try {
    for (const data of new Set(wish.shots.map((shot) => shot.data))) {
      const house = await enter(data, wish, tell);
      try {
        complaints.push(...(await takeOf(data, wish, { house, browser, tell })));
      } finally {
        await house.close();
      }
    }
  } finally {
    await browser.close();
  }
  writeFileSync(join(wish.into, "index.html"), sheetOf(wish.shots));
  return complaints;
}

async function enter(data: DataName, { given }: ShotsWish, tell: (line: string) => void): Promise<House> {
  if (given !== undefined) return visitHouse(given);
  if (data === GIVEN) throw new Error("pictures of a server that runs need its address");
  tell(`starting the program, ${data} …`);
  return houses[data](await consoleFolder());
}

interface Studio {
  house: House;
  browser: Browser;
  tell: (line: string) => void;
}

async function takeOf(data: DataName, { shots, into, atOnce }: ShotsWish, studio: Studio): Promise<Complaint[]> {
  const waiting = shots.filter((shot) => shot.data === data);
  const complaints: Complaint[] = [];
  const at = { browser: studio.browser, origin: studio.house.url, signIn: createSignIn(studio.house) };
  const newest = (await studio.house.client.calls.list({ limit: 1 })).calls[0]?.id;
  const work = async (): Promise<void> => {
    for (let shot = waiting.shift(); shot !== undefined; shot = waiting.shift()) {
      const file = fileOf(shot);
      if (shot.page === RECORD && newest === undefined) continue;
      const page = shot.page === RECORD ? `/calls/${newest}` : shot.page;
      const said = await takeOne({ ...shot, page }, at, join(into, file));
      complaints.push(...said.map((complaint) => ({ file, complaint })));
      studio.tell(file);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return complaints;
}

async function takeOne(shot: Shot, at: ConsoleAddress, path: string): Promise<string[]> {
  const { theme, width, height } = shot;
  const look = { theme, width, height, reducedMotion: true };
  const isOutside = shot.page === SIGN_IN;
  const opened = await openConsole(at, isOutside ? { ...look, as: "nobody" } : { ...look, page: shot.page });
  try {
    await takePicture(opened.page, path);
    return [...opened.complaints];
  } finally {
    await opened.context.close();
  }
}

/** All pictures on one page, small, each leading to itself. */
function sheetOf(shots: readonly Shot[]): string {
  const pictures = shots.map((shot) => {
    const file = fileOf(shot);
    return `<a href="${file}"><img src="${file}" alt="" loading="lazy" height="240"><br>${file}</a>`;
  });
  const style = "body{font:12px sans-serif;display:flex;flex-wrap:wrap;gap:16px}img{border:1px solid #888}";
  return `<!doctype html><meta charset="utf-8"><title>Pages</title><style>${style}</style>${pictures.join("\n")}`;
}
