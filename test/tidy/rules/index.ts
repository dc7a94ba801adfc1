// All rules of the house. What oxlint can check stands in .oxlintrc.json instead.
import type { Rule } from "../house.ts";
import { castBan, classBan, moduleState, processBan, worldBan } from "./bans.ts";
import { cycles } from "./cycles.ts";
import { errorTables } from "./errors.ts";
import { contracts, imports } from "./imports.ts";
import { headers, names, testTitles } from "./names.ts";
import { consoleAsks, outbound } from "./outbound.ts";
import { folders, rooms } from "./rooms.ts";
import { fileSize, fileSizeLimit, functionSize, typicalSize } from "./sizes.ts";
import { sqlPlace, tableOwners } from "./sql.ts";

export const rules: Rule[] = [
  imports,
  contracts,
  cycles,
  rooms,
  folders,
  fileSizeLimit,
  fileSize,
  typicalSize,
  functionSize,
  names,
  headers,
  testTitles,
  processBan,
  worldBan,
  outbound,
  consoleAsks,
  moduleState,
  classBan,
  castBan,
  sqlPlace,
  tableOwners,
  errorTables,
];
