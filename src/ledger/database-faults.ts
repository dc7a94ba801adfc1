// What an error from PostgreSQL means here: is it the data, which will never be taken, or the server, which will come back?
import { isAppError } from "../kernel/index.ts";

/** SQLSTATE classes: 22 data exception, 23 integrity constraint violation, 54 program limit exceeded. */
const DATA_FAULT = /^(22|23|54)/;
/** 08 connection exception, 53 insufficient resources, 57P shutdown and the like, 58 system error. */
const SERVER_FAULT = /^(08|53|57P|58)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** The record itself is at fault: trying again cannot help. */
export function isDataFault(error: unknown): boolean {
  return error instanceof SyntaxError || DATA_FAULT.test(sqlStateOf(error) ?? "");
}

/** The server could not be reached, or did not get to the statement. */
export function isServerFault(error: unknown): boolean {
  if (isAppError(error)) return false;
  const state = sqlStateOf(error);
  return state === undefined ? error instanceof Error : SERVER_FAULT.test(state);
}

function sqlStateOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && SQLSTATE.test(code) ? code : undefined;
}
