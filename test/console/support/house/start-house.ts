// Starts the whole program on a database of its own, with a few calls unless other data are given.
import { startTestApp } from "../../../support/app.ts";
import { aFewCalls } from "../data.ts";
import type { StartHouse } from "./house.ts";

/** Hashing passwords is cheap here: nobody's is worth more. */
const CHEAP = { BINNACLE__IDENTITY__PASSWORDS__MEMORY_KIB: "1024", BINNACLE__IDENTITY__PASSWORDS__PASSES: "1" };

export const startHouse: StartHouse = async ({ consoleFolder, data = aFewCalls, config }) => {
  const app = await startTestApp({ consoleFolder, env: CHEAP, ...(config !== undefined && { config }) });
  const house = { ...app, people: [] };
  try {
    await data(house);
    return house;
  } catch (error) {
    await app.close();
    throw error;
  }
};
