// A file of a version, as it was written: policies, or cases that they are held to.
export interface PolicyText {
  /** Of the file: `placement.cedar`, `placement.cases.yaml`. */
  readonly name: string;
  readonly text: string;
}
