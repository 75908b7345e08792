import { afterEach, describe, expect, test } from 'vitest';
import { random } from '../store/random.ts';
import { spanLabel, tickLabels, timeStep, timeTicks, zoneLabel } from './time-ticks.ts';

const hour = 3_600_000;
const day = 24 * hour;
const zones = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Cairo', 'America/Havana'];
const home = process.env.TZ;
afterEach(() => {
  process.env.TZ = home;
});

describe('ticks of time', () => {
  test('mark every local midnight once where the clock is set back', () => {
    process.env.TZ = 'Europe/Berlin';
    const from = Date.UTC(2027, 9, 27, 12);
    const found = timeTicks(from, from + 9 * day, day);
    expect(tickLabels(found, day, from)).toEqual(['28 Oct', '29 Oct', '30 Oct', '31 Oct', '1 Nov', '2 Nov', '3 Nov', '4 Nov', '5 Nov']);
    expect(found.every((tick) => new Date(tick).getHours() === 0)).toBe(true);
    expect(tickLabels(timeTicks(from, from + 5 * day, 12 * hour), 12 * hour, from)).toEqual(['28 Oct', '12:00', '29 Oct', '12:00', '30 Oct', '12:00', '31 Oct', '12:00', '1 Nov', '12:00']);
  });

  test('tell the hour that comes twice apart', () => {
    process.env.TZ = 'Europe/Berlin';
    const from = Date.UTC(2027, 9, 30, 23);
    expect(tickLabels(timeTicks(from, from + 3 * hour, hour), hour, from)).toEqual(['01:00', '02:00', '02:00 UTC+1', '03:00']);
  });

  test('skip no day where midnight does not exist', () => {
    process.env.TZ = 'America/Sao_Paulo';
    const from = new Date(2018, 10, 2).getTime();
    expect(tickLabels(timeTicks(from, from + 4 * day, day), day, from)).toEqual(['2 Nov', '3 Nov', '4 Nov', '5 Nov', '6 Nov']);
  });

  test('are whole hours of zones that are half an hour off', () => {
    process.env.TZ = 'Asia/Kolkata';
    const from = Date.UTC(2026, 4, 1, 3, 10);
    expect(tickLabels(timeTicks(from, from + 3 * hour, hour), hour, from)).toEqual(['09:00', '10:00', '11:00']);
    expect(zoneLabel(from)).toBe('UTC+5:30');
  });

  test('are calendar months and years', () => {
    process.env.TZ = 'America/Los_Angeles';
    const from = new Date(2025, 8, 10).getTime();
    const now = new Date(2026, 6, 1).getTime();
    expect(tickLabels(timeTicks(from, from + 200 * day, 30 * day), 30 * day, now)).toEqual(['Oct 2025', 'Nov', 'Dec', '2026', 'Feb', 'Mar']);
    expect(tickLabels(timeTicks(from, from + 1200 * day, 365 * day), 365 * day, now)).toEqual(['2026', '2027', '2028']);
  });

  test('say the date once when it is not today and no midnight says it', () => {
    process.env.TZ = 'UTC';
    const from = Date.UTC(2026, 9, 22, 12, 10);
    const found = timeTicks(from, from + 3 * hour, hour);
    expect(tickLabels(found, hour, from + 3 * day)).toEqual(['22 Oct 13:00', '14:00', '15:00']);
    expect(tickLabels(found, hour, from + 400 * day)).toEqual(['22 Oct 2026 13:00', '14:00', '15:00']);
    expect(tickLabels(found, hour, from + hour)).toEqual(['13:00', '14:00', '15:00']);
    expect(spanLabel(from, from + hour, from + 3 * day)).toBe('22 Oct 12:10:00 – 13:10:00');
    expect(spanLabel(from, from + hour, from)).toBe('12:10:00 – 13:10:00');
  });

  test.each(zones)('lie inside, rise, have a label of their own and are few: %s', (zone) => {
    process.env.TZ = zone;
    const seed = Number(process.env.SEED ?? Date.now() % 1e9);
    const next = random(seed);
    for (let i = 0; i < 300; i++) {
      const from = Date.UTC(1990, 0, 1) + next() * 50 * 365 * day;
      const width = 10 ** (1 + 10.5 * next());
      const [to, wanted] = [from + width, 3 + Math.floor(9 * next())];
      const step = timeStep(width / wanted);
      const found = timeTicks(from, to, step);
      const labels = tickLabels(found, step, to);
      const context = `seed ${seed}, ${zone}, ${from} to ${to} by ${step}: ${labels.join(', ')}`;
      expect(found.every((tick) => tick >= from && tick <= to), context).toBe(true);
      expect(found.every((tick, k) => k === 0 || tick > found[k - 1]), context).toBe(true);
      expect(found.length, context).toBeLessThanOrEqual(wanted + 3);
      if (step <= 365 * day) expect(found.length, context).toBeGreaterThanOrEqual(step >= 7 * day ? 0 : Math.floor(width / step / 1.3) - 1);
      const named = labels.map((label, k) => (step < day ? `${new Date(found[k]).toDateString()} ${label}` : label));
      expect(new Set(named).size, context).toBe(labels.length);
      if (step === day) for (const tick of found) expect(new Date(tick - 1).getDate(), context).not.toBe(new Date(tick).getDate());
    }
  });
});
