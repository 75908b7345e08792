import { describe, expect, test } from 'vitest';
import { partsThatFit } from './parts.ts';

describe('partsThatFit', () => {
  test('keeps order and loses nothing', () => {
    const entries = Array.from({ length: 1000 }, (_, i) => ({ widget: `${i}-`.padEnd(250, 'ä'), range: 60_000, width: 600, sequence: i }));
    const parts = partsThatFit(entries);
    expect(parts.flat()).toEqual(entries);
    for (const part of parts) expect(new TextEncoder().encode(JSON.stringify({ type: 'subscribe', epoch: 'x'.repeat(12), views: part })).length).toBeLessThanOrEqual(16_384);
  });

  test('an entry fills what is left to the byte, and one larger than a part stands alone', () => {
    expect(partsThatFit(['a', 'b', 'c'], 8)).toEqual([['a', 'b'], ['c']]);
    expect(partsThatFit(['aaaaaaaaaaaa', 'b'], 8)).toEqual([['aaaaaaaaaaaa'], ['b']]);
    expect(partsThatFit([])).toEqual([]);
  });
});
