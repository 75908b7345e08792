import { afterEach, expect, test } from 'vitest';
import { alignsRight, cellText, columnTexts } from './cells.ts';

const home = process.env.TZ;
afterEach(() => {
  process.env.TZ = home;
});

test.each([
  ['Asia/Tokyo', '2021-03-05 08:59:00'],
  ['America/Denver', '2021-03-04 16:59:00'],
])('date and time are of the zone of the reader: %s', (zone, text) => {
  process.env.TZ = zone;
  expect(cellText({ name: 'when', type: 'datetime' }, Date.UTC(2021, 2, 4, 23, 59))).toBe(text);
  expect(cellText({ name: 'day', type: 'date' }, Date.UTC(2021, 2, 4))).toBe('2021-03-04');
});

test('integers that a double cannot hold come as text and stand right as numbers do', () => {
  const column = { name: 'id', type: 'number' };
  expect(cellText(column, '9007199254740993')).toBe('9007199254740993');
  expect(alignsRight(column)).toBe(true);
});

test('numbers of a column have the same decimals', () => {
  expect(columnTexts({ name: 'share', type: 'bar', unit: '%' }, [29, 5.004, 0, null])).toEqual(['29.00%', '5.00%', '0.00%', '']);
  expect(columnTexts({ name: 'load', type: 'number' }, [87.4, 26.42, 3, '12345678901234567890'])).toEqual(['87.40', '26.42', '3.00', '12345678901234567890']);
  expect(columnTexts({ name: 'pid', type: 'number' }, [4711, 12])).toEqual(['4711', '12']);
});
