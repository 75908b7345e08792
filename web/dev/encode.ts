import { blockLengthMax, columnsKind, headerLength, magic, moreFlag, snapshotFlag, version } from '../src/wire/block.ts';

/** number, first, min, max, last */
export type Column = readonly [number, number, number, number, number];

const columnsMax = Math.floor((blockLengthMax - headerLength - 8) / 36);

/** Wire blocks of one series, as docs/wire.md has them. */
export function encodeColumns(view: number, slot: number, sequence: number, stepMs: number, columns: readonly Column[], snapshot: boolean): Buffer {
  const blocks: Buffer[] = [];
  for (let begin = 0; begin < columns.length; begin += columnsMax) {
    const part = columns.slice(begin, begin + columnsMax);
    const count = part.length;
    const offsets = 8 * Math.ceil(count / 2);
    const block = Buffer.alloc(headerLength + offsets + 32 * count);
    const more = begin + columnsMax < columns.length;
    block.writeUInt32LE(magic, 0);
    block.writeUInt8(version, 4);
    block.writeUInt8(columnsKind, 5);
    block.writeUInt16LE((snapshot ? snapshotFlag : 0) | (snapshot && more ? moreFlag : 0), 6);
    block.writeUInt32LE(block.length, 8);
    block.writeUInt32LE(view, 12);
    block.writeUInt32LE(slot, 16);
    block.writeUInt32LE(count, 20);
    block.writeBigUInt64LE(BigInt(sequence), 24);
    block.writeBigInt64LE(BigInt(part[0][0]), 32);
    block.writeBigInt64LE(BigInt(Math.round(stepMs * 1e6)), 40);
    part.forEach((column, i) => {
      block.writeUInt32LE(column[0] - part[0][0], headerLength + 4 * i);
      for (let k = 0; k < 4; k++) block.writeDoubleLE(column[k + 1], headerLength + offsets + 8 * (k * count + i));
    });
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}
