// The part of Node's binding to llhttp that is used here. Neither Node nor Bun declares it; Bun's own node:http runs on it.
declare module "node:_http_common" {
  /** Major and minor version, headers in turn with their values, method, url, status, its text, upgrade, keep-alive. */
  export type AnswerHead = [
    number,
    number,
    string[] | undefined,
    undefined,
    undefined,
    number,
    string,
    boolean,
    boolean,
  ];

  export interface Parser {
    initialize(type: number, resource: object, limits: number, lenience: number): void;
    execute(bytes: Buffer): number | Error;
    finish(): Error | undefined;
    // What it calls, by the numbers below.
    0: () => void;
    1: (headers: string[], url: string) => void;
    2: (...head: AnswerHead) => void;
    3: (body: Buffer) => void;
    4: () => void;
  }

  export const HTTPParser: {
    new (): Parser;
    readonly RESPONSE: number;
    readonly kLenientNone: number;
    readonly kOnMessageBegin: 0;
    readonly kOnHeaders: 1;
    readonly kOnHeadersComplete: 2;
    readonly kOnBody: 3;
    readonly kOnMessageComplete: 4;
  };
}
