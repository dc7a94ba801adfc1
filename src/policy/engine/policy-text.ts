// A file of policies, as it was written.
export interface PolicyText {
  /** Of the file: `placement.cedar`. */
  readonly name: string;
  readonly text: string;
}
