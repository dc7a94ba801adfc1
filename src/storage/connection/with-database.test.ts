// What becomes of errors while somebody waits for the database: of the server, of the statement, of the data, of the program.
import { expect, test } from "bun:test";
import { refusedByPostgresql } from "../../../test/support/database.ts";
import { defineErrors, isAppError } from "../../kernel/index.ts";
import { isDataFault, isServerFault } from "./faults.ts";
import { createWithDatabase } from "./with-database.ts";

const errors = defineErrors("test", {
  unavailable: (_: { retryAfterMs: number }) => ({ status: 503, retry: "later", message: "Away.", fix: "Wait." }),
  full: () => ({ status: 409, message: "Full.", fix: "Make room." }),
});

const lost = (code: string): Error => Object.assign(new Error(`read ${code}`), { code });

const OF_THE_SERVER = [
  lost("ECONNRESET"),
  // As long as a state of PostgreSQL's.
  lost("EPIPE"),
  new Error("Connection terminated unexpectedly"),
  refusedByPostgresql("57P03"),
  refusedByPostgresql("53300"),
];
const OF_THE_DATA = [refusedByPostgresql("22P05"), refusedByPostgresql("23505"), new SyntaxError("no JSON")];
const OF_THE_PROGRAM = [refusedByPostgresql("42703"), errors.full({}), new TypeError("no function")];
const TOO_LONG = refusedByPostgresql("57014");

test("faults are the server's, the data's, or the program's", () => {
  expect(OF_THE_SERVER.filter(isServerFault)).toEqual(OF_THE_SERVER);
  expect([...OF_THE_SERVER, ...OF_THE_PROGRAM, TOO_LONG].filter(isDataFault)).toEqual([]);
  expect(OF_THE_DATA.filter(isDataFault)).toEqual(OF_THE_DATA);
  expect([...OF_THE_DATA, ...OF_THE_PROGRAM, TOO_LONG].filter(isServerFault)).toEqual([]);
});

test("a database that is away, or goes while it is asked, is told as that; what takes too long, too; what it refuses is not", async () => {
  let isThere = false;
  const withDatabase = createWithDatabase(() => isThere, errors.unavailable);
  const toldOf = (ask: () => Promise<unknown>): Promise<unknown> => withDatabase(ask).catch((error: unknown) => error);
  const codeOf = (error: unknown): unknown => (isAppError(error) ? error.code : error);
  expect(codeOf(await toldOf(() => Promise.resolve(1)))).toBe("test.unavailable");
  isThere = true;
  expect(await toldOf(() => Promise.resolve(1))).toBe(1);
  for (const error of OF_THE_SERVER) expect(codeOf(await toldOf(() => Promise.reject(error)))).toBe("test.unavailable");
  expect(codeOf(await toldOf(() => Promise.reject(TOO_LONG)))).toBe("storage.took_too_long");
  for (const error of [...OF_THE_DATA, ...OF_THE_PROGRAM])
    expect(await toldOf(() => Promise.reject(error))).toBe(error);
});
