import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { numberFormat } from './number-format.ts';
import { alignedTexts, exactText, formattedQuantity, joined, quantityText } from './units.ts';

const vectors = readFileSync(new URL('../../../tests/golden/numbers/quantities.txt', import.meta.url), 'utf8').trimEnd().split('\n').map((line) => line.split(' | ').map((part) => part.trim()));

describe('numbers as text', () => {
  test.each(vectors)('%s | %s | %s is %s', (value, unit, format, text) =>
    expect(joined(formattedQuantity(Number(value), unit, format || undefined)).replaceAll('\u202f', ' ')).toBe(text));

  test.each(['', 'wat', '%%%', 'hello', '.1q'])('takes %s for no format', (format) => expect(numberFormat(format)).toBeNull());

  test('no finite number and no format makes a text that a card cannot hold', () => {
    for (const value of [Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, 1e21, 1e15, 123456789012345680, 1 / 3])
      for (const format of [undefined, 'N2', 'F30', 'P2', 'C2', ',.2f', '.3s', '0.00', 'G'])
        for (const unit of ['', '%', 'bytes', 's', '€', 'count', 'bits/s']) {
          const text = joined(formattedQuantity(value, unit, format));
          expect(text.length, `${value} ${unit} ${format}: ${text}`).toBeLessThanOrEqual(40);
          expect(text).not.toMatch(/NaN|undefined/);
        }
  });

  test('decimals of one column lie below each other', () => {
    expect(alignedTexts([29, 5.004, 0], '%')).toEqual(['29.00%', '5.00%', '0.00%']);
    expect(alignedTexts([7, 2.64])).toEqual(['7.00', '2.64']);
    expect(alignedTexts([3, 4, NaN])).toEqual(['3', '4', '–']);
  });

  test('a value read off has six significant digits', () => {
    expect(exactText(26.4217)).toBe('26.4217');
    expect(exactText(1_234_567)).toBe('1.23457M');
    expect(exactText(75, '%')).toBe('75%');
  });

  test('ticks of tiny ranges differ', () => expect([0, 2e-17, 4e-17].map((tick) => quantityText(tick, '', 2e-17, 8e-17))).toEqual(['0', '2e-17', '4e-17']));
});
