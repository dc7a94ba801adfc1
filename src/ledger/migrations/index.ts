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
import { keepPercentiles } from "./0018-keep-percentiles.ts";
import { noteFollowed } from "./0019-note-followed.ts";
import { takeWordsWithRecords } from "./0020-words-with-records.ts";
import { findGuardedCalls } from "./0021-find-guarded-calls.ts";
import { sumUpUsers } from "./0022-sum-up-users.ts";
import { sumUpBriefly } from "./0023-sum-up-briefly.ts";
import { findComments } from "./0024-find-comments.ts";
import { knowSameAnswers } from "./0013-know-same-answers.ts";
import { knowOrganisations } from "./0014-know-organisations.ts";

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
    "0014-know-organisations": knowOrganisations,
    "0017-hand-records-on": handRecordsOn,
    "0018-keep-percentiles": keepPercentiles,
    "0019-note-followed": noteFollowed,
    "0020-words-with-records": takeWordsWithRecords,
    "0021-find-guarded-calls": findGuardedCalls,
    "0022-sum-up-users": sumUpUsers,
    "0023-sum-up-briefly": sumUpBriefly,
    "0024-find-comments": findComments,
  },
};
