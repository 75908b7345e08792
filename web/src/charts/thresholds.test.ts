import { describe, expect, test } from 'vitest';
import { reached } from './thresholds.ts';

describe('reached', () => {
  const rising = [{ value: 80, severity: 'warning' }, { value: 95, severity: 'critical' }] as const;
  const falling = [{ value: 20, severity: 'critical' }, { value: 80, severity: 'warning' }] as const;

  test('is the highest zone that a value has come up to', () => {
    expect(reached(rising, 79)).toBeUndefined();
    expect(reached(rising, 80)).toBe(rising[0]);
    expect(reached(rising, 99)).toBe(rising[1]);
  });

  test('is the lowest zone that a value has come down to where critical lies below warning', () => {
    expect(reached(falling, 90)).toBeUndefined();
    expect(reached(falling, 50)).toBe(falling[1]);
    expect(reached(falling, 20)).toBe(falling[0]);
  });
});
