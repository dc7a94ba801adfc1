// What makes vectors of texts: in this process, or at a vendor.

export interface EmbeddingModel {
  readonly name: string;
  readonly dimensions: number | undefined;
  /** Whether it can make something of the text at all; where left out, it can of any. */
  knows?(text: string): boolean;
  /** One vector a text, of length one, in order. Throws AppErrors. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  close(): void;
}
