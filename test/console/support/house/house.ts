// The program that the console's tests look at: what they need of it, whoever started it.
import type { BinnacleClient } from "../../../../client/index.ts";

export interface House {
  url: string;
  /** A key that may do everything. */
  key: string;
  client: BinnacleClient;
  /** POST /v1/chat/completions with that key. */
  chat(body: unknown): Promise<Response>;
  /** Who can sign in by a password; others are made when a test asks for their role. */
  people: readonly Person[];
  close(): Promise<void>;
}

export interface Person {
  user: string;
  password: string;
  roles: readonly string[];
}

/** As much of a house as filling it takes. */
export type Filled = Pick<House, "client" | "chat">;
/** Puts on record what a test needs before its first page opens. */
export type Data = (house: Filled) => Promise<void>;

export interface HouseOptions {
  /** A folder with the console's files. */
  consoleFolder: string;
  data?: Data;
  /** YAML, as for `startTestApp`. */
  config?: string;
}

export type StartHouse = (options: HouseOptions) => Promise<House>;
