// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WidgetOptions } from '../dashboard/document.generated.ts';

interface Sample {
  readonly kind: string;
  readonly name: string;
  /** Options without which this one has no meaning. */
  readonly base: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** Made from the kinds in C#: each option of each kind with a value that is not its default. */
const samples = JSON.parse(readFileSync('src/widgets/options.generated.json', 'utf8')) as Sample[];

/** They say what the server sends, not how it is drawn; tests of the server go through them. */
const ofTheServer = new Set(['queries', 'table', 'window', 'slide', 'aggregation', 'quantile', 'maxPoints', 'maxRows', 'columns', 'key', 'level']);
/** Nothing shows these yet. The list only shrinks. */
const gaps = new Set<string>([]);

/** What was drawn on canvases. */
let strokes: string[] = [];

const note = (name: string | symbol, values: unknown[]) => void strokes.push(`${String(name)}(${values.map((value) => (typeof value === 'object' ? '' : String(value))).join()})`);

function recording(): CanvasRenderingContext2D {
  const state: Record<string | symbol, unknown> = {};
  return new Proxy(state, {
    get: (_, name) => {
      if (name in state) return state[name];
      if (name === 'measureText') return (text: string) => ({ width: 6 * text.length });
      if (name === 'createLinearGradient') return () => ({ addColorStop: (...values: unknown[]) => note('addColorStop', values) });
      return (...values: unknown[]) => note(name, values);
    },
    set: (_, name, value) => {
      state[name] = value;
      // Widths of texts are measured once and then known.
      if (name !== 'font') strokes.push(`${String(name)}=${String(value)}`);
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
}

class AtOnce {
  private readonly told: (entries: unknown[]) => void;
  constructor(told: (entries: unknown[]) => void) {
    this.told = told;
  }
  observe(target: Element): void {
    queueMicrotask(() => this.told([{ target, isIntersecting: true, contentRect: { width: 600, height: 240 } }]));
  }
  unobserve(): void {}
  disconnect(): void {}
}

beforeAll(() => {
  vi.stubGlobal('ResizeObserver', AtOnce);
  vi.stubGlobal('IntersectionObserver', AtOnce);
  vi.stubGlobal('Path2D', function Path2D() {
    return new Proxy({}, { get: (_, name) => (...values: unknown[]) => note(name, values) });
  });
  vi.stubGlobal('CSS', { supports: () => true, escape: (text: string) => text });
  HTMLCanvasElement.prototype.getContext = (() => recording()) as never;
});
beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2025, 0, 1, 12), toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'] }));
afterEach(() => void vi.useRealTimers());

/** All that a page shows of a widget with these options, as text. */
async function shown(kind: string, options: Readonly<Record<string, unknown>>): Promise<string> {
  const { Dashboard } = await import('../dashboard/dashboard.ts');
  const { WidgetCard } = await import('./widget-card.tsx');
  const { palette } = await import('../theme/theme.ts');
  vi.setSystemTime(Date.UTC(2025, 0, 1, 12));
  strokes = [];
  palette.value = { series: Array.from({ length: 8 }, (_, i) => `#00000${i}`), text: '#111111', muted: '#222222', grid: '#333333', warning: '#444444', critical: '#555555', font: 'sans' };
  const asked: string[] = [];
  const dashboard = new Dashboard({ dashboard: null, transport: null });
  dashboard.session.clock.now = () => Date.now();
  dashboard.session.subscribe = (subscription) => void asked.push(JSON.stringify(subscription));
  dashboard.session.state.value = 'live';
  const place = document.createElement('main');
  document.body.append(place);
  const definition = { id: 'w', kind, ...options } as unknown as WidgetOptions;
  await act(async () => render(<WidgetCard definition={definition} dashboard={dashboard} />, place));
  await act(async () => void (await vi.advanceTimersByTimeAsync(50)));

  const now = Date.now();
  if (['metric', 'stat', 'gauge', 'line'].includes(kind)) {
    dashboard.view({
      type: 'view', widget: 'w', view: 1, step: 100, live: true, from: null, to: null, sequence: 1, resumed: false,
      series: [{ slot: 0, name: 'cpu', labels: { host: 'a', core: '0' } }, { slot: 1, name: 'cpu', labels: { host: 'b', core: '1' } }],
    });
    for (const slot of [0, 1]) {
      const data = Array.from({ length: 40 }, (_, i): [number, number] => [now - 40_000 + 1000 * i, 10 * (slot + 1) + 3 * Math.sin(i)]);
      dashboard.points({ type: 'history', widget: 'w', series: 'cpu', slot, sequence: 2, data });
    }
  } else {
    const columns = kind === 'table' ? [{ name: 'a', type: 'number' }, { name: 'b', type: 'text' }] : kind === 'log' ? [{ name: 'time', type: 'datetime' }, { name: 'level', type: 'level' }, { name: 'source', type: 'text' }, { name: 'message', type: 'text' }] : [{ name: 'text', type: 'text' }];
    const rows = kind === 'table' ? [[1, 'x'], [2, 'y']] : kind === 'log' ? [[now, 'error', '', 'failed']] : kind === 'markdown' ? [[JSON.stringify([{ paragraph: ['some text'] }])]] : [['some *text*']];
    dashboard.window({ type: 'window', widget: 'w', version: 1, offset: 0, total: rows.length, columns, rows });
  }
  await act(async () => void (await vi.advanceTimersByTimeAsync(400)));
  dashboard.beat.value++;
  await act(async () => void (await vi.advanceTimersByTimeAsync(100)));
  const failures = Object.values(dashboard.failures.value);
  const text = [place.innerHTML, ...asked, ...strokes].join('\n');
  await act(async () => render(null, place));
  place.remove();
  expect(failures).toEqual([]);
  return text;
}

describe('every option of every kind changes what is shown', () => {
  test('the same options show the same', async () => {
    for (const kind of new Set(samples.map((sample) => sample.kind))) {
      const first = await shown(kind, {});
      expect(first.length).toBeGreaterThan(300);
      expect(await shown(kind, {})).toBe(first);
    }
  }, 60_000);

  test.each(samples.filter(({ kind, name }) => !ofTheServer.has(name) && !gaps.has(`${kind}.${name}`)).map((sample) => [`${sample.kind}.${sample.name}`, sample] as const))('%s', async (_, { kind, name, base, value }) => {
    expect(await shown(kind, { ...base, [name]: value })).not.toBe(await shown(kind, base));
  }, 60_000);

  test('what is a gap no more is taken off the list', async () => {
    for (const { kind, name, base, value } of samples.filter((sample) => gaps.has(`${sample.kind}.${sample.name}`))) expect(await shown(kind, { ...base, [name]: value })).toBe(await shown(kind, base));
  }, 60_000);
});
