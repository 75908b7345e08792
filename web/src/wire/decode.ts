import { blockLengthMax, columnsKind, headerLength, magic, pointsKind, version, type Block } from './block.ts';
import { WireError } from './wire-error.ts';

const twoTo32 = 4_294_967_296;

/** The blocks of one binary message. Their arrays lie over `message`; nothing is copied. Format: docs/wire.md. */
export function decodeMessage(message: ArrayBuffer): Block[] {
  const bytes = new DataView(message);
  const blocks: Block[] = [];
  for (let at = 0; at < message.byteLength; ) {
    const block = decodeBlock(bytes, at);
    blocks.push(block);
    at += block.length;
  }
  return blocks;
}

function decodeBlock(bytes: DataView<ArrayBuffer>, at: number): Block {
  const rest = bytes.byteLength - at;
  if (rest < headerLength) throw new WireError('truncated', at, `${rest} bytes are left, a header has ${headerLength}.`);
  if (bytes.getUint32(at, true) !== magic) throw new WireError('magic', at, 'no block begins here.');
  const blockVersion = bytes.getUint8(at + 4);
  if (blockVersion !== version) throw new WireError('version', at + 4, `version ${blockVersion}, only ${version} is known.`);
  const kind = bytes.getUint8(at + 5);
  if (kind !== columnsKind && kind !== pointsKind) throw new WireError('kind', at + 5, `kind ${kind} is not known.`);
  const count = bytes.getUint32(at + 20, true);
  if (count === 0) throw new WireError('count', at + 20, 'a block holds at least one column or point.');
  const length = bytes.getUint32(at + 8, true);
  const expected = kind === columnsKind ? columnsLength(count) : headerLength + 16 * count;
  if (length !== expected || length > blockLengthMax)
    throw new WireError('length', at + 8, `length ${length}; ${count} entries need ${expected}, at most ${blockLengthMax}.`);
  if (length > rest) throw new WireError('truncated', at + 8, `length ${length}, but ${rest} bytes are left.`);

  const header = {
    flags: bytes.getUint16(at + 6, true),
    length,
    view: bytes.getUint32(at + 12, true),
    slot: bytes.getUint32(at + 16, true),
    count,
    sequence: bytes.getUint32(at + 28, true) * twoTo32 + bytes.getUint32(at + 24, true),
  };
  const message = bytes.buffer;
  const body = at + headerLength;
  if (kind === pointsKind)
    return {
      kind,
      ...header,
      time: new BigInt64Array(message, body, count),
      value: new Float64Array(message, body + 8 * count, count),
    };

  const values = body + offsetsLength(count);
  return {
    kind,
    ...header,
    base: int64(bytes, at + 32),
    step: int64(bytes, at + 40),
    offset: new Uint32Array(message, body, count),
    first: new Float64Array(message, values, count),
    min: new Float64Array(message, values + 8 * count, count),
    max: new Float64Array(message, values + 16 * count, count),
    last: new Float64Array(message, values + 24 * count, count),
  };
}

function int64(bytes: DataView, at: number): number {
  return bytes.getInt32(at + 4, true) * twoTo32 + bytes.getUint32(at, true);
}

/** Four bytes a column, padded to a multiple of eight so that the values after them are aligned. */
function offsetsLength(count: number): number {
  return 8 * Math.ceil(count / 2);
}

function columnsLength(count: number): number {
  return headerLength + offsetsLength(count) + 32 * count;
}
