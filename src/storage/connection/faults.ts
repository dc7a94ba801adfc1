// What an error from PostgreSQL means here: is it the data, which will never be taken, or the server, which will come back?
import { DatabaseError } from "pg";
import { isAppError } from "../../kernel/index.ts";

/** SQLSTATE classes: 22 data exception, 23 integrity constraint violation, 54 program limit exceeded. */
const DATA_FAULT = /^(22|23|54)/;
/** 08 connection exception, 53 insufficient resources, 57P shutdown and the like, 58 system error. */
const SERVER_FAULT = /^(08|53|57P|58)/;
const QUERY_CANCELED = "57014";

/** What was to be written is itself at fault: trying again cannot help. */
export function isDataFault(error: unknown): boolean {
  return error instanceof SyntaxError || DATA_FAULT.test(sqlStateOf(error) ?? "");
}

/** The server could not be reached, or did not get to the statement. */
export function isServerFault(error: unknown): boolean {
  if (!(error instanceof Error) || isAppError(error) || isProgramFault(error)) return false;
  const state = sqlStateOf(error);
  return state === undefined || SERVER_FAULT.test(state);
}

/** The statement took longer than its time-out. */
export function isTimeOut(error: unknown): boolean {
  return sqlStateOf(error) === QUERY_CANCELED;
}

/** Thrown while a statement was made, or its answer read. */
function isProgramFault(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** Of what PostgreSQL itself has said: the system's own codes may look alike, as `EPIPE` does. */
function sqlStateOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}
