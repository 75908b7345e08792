import { describe, expect, test } from 'vitest';
import type { SentSubscription } from './messages.ts';
import { addressLengthMax, eventsAddress } from './transport.ts';

const base = new URL('http://localhost:3000/live/sse?dashboard=main');
const views = (count: number, name = 'w') => Array.from({ length: count }, (_, i): SentSubscription => ({ widget: `${name}${i}`, range: 60_000, width: 300 }));
const sent = (url: URL) => (JSON.parse(url.searchParams.get('subscribe')!) as { views: SentSubscription[] }).views;

describe('eventsAddress', () => {
  test('holds all wishes that fit, and the epoch', () => {
    const { url, left } = eventsAddress(base, views(20), 'e1');
    expect(sent(url)).toEqual(views(20));
    expect(left).toEqual([]);
    expect(url.searchParams.get('subscribe')).toContain('"epoch":"e1"');
    expect(url.searchParams.get('dashboard')).toBe('main');
  });

  test('keeps to the length with a thousand, and the newest stay', () => {
    for (const name of ['w', 'größe ', '%&+"']) {
      const { url, left } = eventsAddress(base, views(1000, name));
      expect(url.href.length).toBeLessThanOrEqual(addressLengthMax);
      expect(url.href.length).toBeGreaterThan(addressLengthMax - 300);
      expect([...left, ...sent(url)]).toEqual(views(1000, name));
    }
  });

  test('asks for nothing without wishes', () => expect(eventsAddress(base, []).url.href).toBe(base.href));
});
