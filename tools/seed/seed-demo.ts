// A week in the life of Harbour, lived through by the real program on a data folder.
import { readFileSync } from "node:fs";
import { createMovedClock, type MovedClock } from "./clock.ts";
import { createDice } from "./dice.ts";
import { createSender } from "./calls/send-call.ts";
import { planWeek, type PlannedMoment } from "./calls/plan-week.ts";
import { createTimes, DAY_MS, HOUR_MS } from "./calls/times.ts";
import { setLevels } from "./events/budgets.ts";
import type { Happening, Stage } from "./events/happening.ts";
import { hostileCalls, tooFast } from "./events/hostile.ts";
import { looksAtOutage, outagesOf, rushOf } from "./events/outage.ts";
import { ask, peopleDecide, waiting } from "./events/people-decide.ts";
import { tracesOf } from "./events/traces.ts";
import { directoryState, type KeyName } from "./harbour/directory.ts";
import { setPasswords, type SignIn } from "./harbour/passwords.ts";
import { createSettle } from "./settle.ts";
import { sizes, type SizeName } from "./sizes.ts";
import { type House, startHouse } from "./start-house.ts";
import { createStandIn } from "./vendors/stand-in.ts";

export interface SeedWish {
  home: string;
  size: SizeName;
  seed: number;
  env: Record<string, string | undefined>;
  consoleFolder: string;
  /** Told now and then. */
  tell(line: string): void;
}

export interface Seeded {
  /** Still running, at the real time now. */
  house: House;
  keys: Record<KeyName, string>;
  ownerKey: string;
  /** Those who can sign in by a password. */
  people: SignIn[];
  calls: number;
}

const DAYS = 7;

export async function seedDemo({ home, size, seed, env, consoleFolder, tell }: SeedWish): Promise<Seeded> {
  const startMs = Date.now() - DAYS * DAY_MS;
  const clock = createMovedClock(startMs - HOUR_MS);
  const outages = outagesOf(startMs);
  const standIn = createStandIn({ clock, dice: createDice(seed, "vendors"), outages, startMs });
  const house = await startHouse({ home, env, clock, dice: createDice(seed, "world"), standIn, consoleFolder });
  try {
    const ownerKey = readFileSync(house.adminKeyPath, "utf8").trim();
    const owner = house.clientOf(ownerKey);
    const { secrets } = await owner.apply({ state: directoryState(sizes[size].calls) });
    // Each key of the file is new in a folder that was never seeded.
    const keys = secrets["keys"] as Record<KeyName, string>;
    const people = await setPasswords(owner, seed);
    const keyOf = (name: KeyName): string => keys[name];
    const sender = createSender({ url: house.url, keyOf, plan: standIn.plan });
    const as = (name: KeyName) => house.clientOf(keyOf(name));
    const stage: Stage = { url: house.url, owner, keyOf, as, sender, nowMs: clock.nowMs, settle: createSettle(owner) };
    const moments = momentsOf({ seed, startMs, size });
    await live(moments, { clock, stage, happenings: happeningsOf({ seed, startMs, size }), tell });
    clock.catchUp();
    await endWeek(stage);
    return { house, keys, ownerKey, people, calls: moments.length };
  } catch (error) {
    await house.close();
    throw error;
  }
}

interface Week {
  seed: number;
  startMs: number;
  size: SizeName;
}

function momentsOf({ seed, startMs, size }: Week): PlannedMoment[] {
  const { calls, rush } = sizes[size];
  const all = [
    ...planWeek({ seed, startMs, days: DAYS, calls: calls - rush }),
    ...rushOf(startMs, { seed, calls: rush }),
  ];
  return all.sort((one, other) => one.atMs - other.atMs);
}

function happeningsOf({ seed, startMs, size }: Week): Happening[] {
  const { traces, greatTrace } = sizes[size];
  const nextTime = createTimes("office", { dice: createDice(seed, "times of traces"), startMs, days: DAYS });
  const all = [
    ...peopleDecide(startMs),
    ...looksAtOutage(startMs),
    ...tracesOf({ seed, times: Array.from({ length: traces }, nextTime), great: greatTrace }),
    ...tooFast(startMs),
    ...hostileCalls(startMs + DAYS * DAY_MS),
  ];
  return all.sort((one, other) => one.atMs - other.atMs);
}

interface Living {
  clock: MovedClock;
  stage: Stage;
  happenings: Happening[];
  tell(line: string): void;
}

async function live(moments: readonly PlannedMoment[], { clock, stage, happenings, tell }: Living): Promise<void> {
  let [next, day] = [0, ""];
  const happenUntil = async (untilMs: number): Promise<void> => {
    for (let due = happenings[next]; due && due.atMs <= untilMs; due = happenings[next]) {
      next += 1;
      clock.moveTo(due.atMs);
      await due.act(stage);
    }
  };
  for (const { atMs, call } of moments) {
    await happenUntil(atMs);
    clock.moveTo(atMs);
    const today = new Date(atMs).toISOString().slice(0, 10);
    if (today !== day) tell((day = today));
    await stage.sender.send(call());
  }
  await happenUntil(Number.POSITIVE_INFINITY);
}

/** What is left for whoever opens the console: things that wait, levels of budgets, a silence. */
async function endWeek(stage: Stage): Promise<void> {
  for (const wish of waiting) await ask(stage, wish);
  await setLevels(stage);
  const matchers = [{ name: "rule", values: ["finance-money"] }];
  const comment = "Known: the quarter's invoices are read again until Thursday";
  await stage.owner.alerts.silences.create({ matchers, until_ms: stage.nowMs() + 14 * DAY_MS, comment });
  await stage.settle();
}
