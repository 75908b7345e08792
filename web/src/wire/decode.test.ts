import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { columnsKind, type Block } from './block.ts';
import { decodeMessage } from './decode.ts';
import { WireError } from './wire-error.ts';

const golden = new URL('../../../tests/golden/wire/', import.meta.url);
const names = readdirSync(golden)
  .filter((name) => name.endsWith('.hex'))
  .map((name) => name.slice(0, -4));

function bytesOf(name: string): ArrayBuffer {
  const digits = readFileSync(new URL(`${name}.hex`, golden), 'utf8')
    .replace(/#.*/g, '')
    .replace(/\s/g, '');
  return new Uint8Array(Buffer.from(digits, 'hex')).buffer;
}

const number = (value: number) =>
  Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : value;

function readable(block: Block) {
  const { flags, length, view, slot, count, sequence } = block;
  const header = { flags, length, view, slot, count, sequence: String(sequence) };
  if (block.kind !== columnsKind)
    return {
      kind: 'points', ...header, base: '0', step: '0',
      time: [...block.time].map(String), value: [...block.value].map(number),
    };
  return {
    kind: 'columns', ...header, base: String(block.base), step: String(block.step), offset: [...block.offset],
    first: [...block.first].map(number), min: [...block.min].map(number),
    max: [...block.max].map(number), last: [...block.last].map(number),
  };
}

describe('decodeMessage', () => {
  test.each(names)('reads %s as written', (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.json`, golden), 'utf8'));
    if (expected.blocks) {
      expect(decodeMessage(bytesOf(name)).map(readable)).toEqual(expected.blocks);
      return;
    }
    let refused: unknown;
    try {
      decodeMessage(bytesOf(name));
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(WireError);
    const { kind, at, message } = refused as WireError;
    expect({ kind, at }).toEqual(expected.error);
    expect(message).toContain(`Byte ${at}: `);
  });

  test('lays arrays over the message without copying', () => {
    const message = bytesOf('two-blocks');
    for (const block of decodeMessage(message)) if (block.kind === columnsKind) expect(block.first.buffer).toBe(message);
  });

  test('refuses every cut of a sound message', () => {
    const message = bytesOf('columns-many-odd-count');
    for (let length = 1; length < message.byteLength; length++)
      expect(() => decodeMessage(message.slice(0, length))).toThrow(WireError);
  });
});
