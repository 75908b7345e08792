export const magic = 0x52494557;
export const version = 1;
export const headerLength = 48;
export const blockLengthMax = 65_536;

export const columnsKind = 1;
export const pointsKind = 2;

export const snapshotFlag = 1;
export const moreFlag = 2;

interface BlockHeader {
  readonly flags: number;
  readonly length: number;
  readonly view: number;
  readonly slot: number;
  readonly count: number;
  /** Frame number; exact up to 2^53. */
  readonly sequence: number;
}

export interface ColumnsBlock extends BlockHeader {
  readonly kind: typeof columnsKind;
  /** Number of the column that `offset` counts from. */
  readonly base: number;
  /** Column width in nanoseconds. */
  readonly step: number;
  readonly offset: Uint32Array;
  readonly first: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
}

export interface PointsBlock extends BlockHeader {
  readonly kind: typeof pointsKind;
  /** Unix nanoseconds, rising. */
  readonly time: BigInt64Array;
  readonly value: Float64Array;
}

export type Block = ColumnsBlock | PointsBlock;
