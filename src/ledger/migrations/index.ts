// The ledger's migrations, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createCalls } from "./0001-create-calls.ts";
import { keepBodiesByCall } from "./0002-keep-bodies-by-call.ts";
import { keepOneWideTable } from "./0003-one-wide-table.ts";
import { keepSums } from "./0004-keep-sums.ts";
import { takeLinesAsRows } from "./0005-lines-as-rows.ts";
import { searchRecords } from "./0006-search-records.ts";
import { noteSweeps } from "./0007-note-sweeps.ts";
import { keepPatterns } from "./0009-keep-patterns.ts";
import { listOwnCalls } from "./0012-list-own-calls.ts";
import { handRecordsOn } from "./0017-hand-records-on.ts";
import { knowSameAnswers } from "./0013-know-same-answers.ts";

export const ledgerMigrations: RoomMigrations = {
  room: "ledger",
  migrations: {
    "0001-create-calls": createCalls,
    "0002-keep-bodies-by-call": keepBodiesByCall,
    "0003-one-wide-table": keepOneWideTable,
    "0004-keep-sums": keepSums,
    "0005-lines-as-rows": takeLinesAsRows,
    "0006-search-records": searchRecords,
    "0007-note-sweeps": noteSweeps,
    "0009-keep-patterns": keepPatterns,
    "0012-list-own-calls": listOwnCalls,
    "0013-know-same-answers": knowSameAnswers,
    "0017-hand-records-on": handRecordsOn,
  },
};
