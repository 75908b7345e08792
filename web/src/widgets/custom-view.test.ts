// @vitest-environment happy-dom
import { beforeAll, expect, test, vi } from 'vitest';
import type { WidgetHost } from './custom-view.ts';

class AtOnce {
  private readonly told: (entries: unknown[]) => void;
  constructor(told: (entries: unknown[]) => void) {
    this.told = told;
  }
  observe(target: Element): void {
    queueMicrotask(() => this.told([{ target, isIntersecting: true, contentRect: { width: 300.5, height: 100.5 } }]));
  }
  unobserve(): void {}
  disconnect(): void {}
}

async function load() {
  const [{ Dashboard }, { registerWidget }, { viewOf }, { kindProblems, loadKind }] = await Promise.all([
    import('../dashboard/dashboard.ts'), import('./custom-view.ts'), import('./make-view.ts'), import('./load-kind.ts')]);
  return { Dashboard, registerWidget, viewOf, kindProblems, loadKind };
}

let modules: Awaited<ReturnType<typeof load>>;

// Loading takes long where much else runs.
beforeAll(async () => {
  vi.stubGlobal('ResizeObserver', AtOnce);
  vi.stubGlobal('IntersectionObserver', AtOnce);
  modules = await load();
}, 120_000);

function page() {
  const dashboard = new modules.Dashboard({ dashboard: null, transport: null });
  const asked: unknown[] = [];
  dashboard.session.subscribe = (subscription) => void asked.push(subscription);
  return { dashboard, asked, ...modules };
}

test('a factory gets its series and is told of its size, of drawing and of its end', async () => {
  const { dashboard, asked, registerWidget, viewOf } = page();
  const calls: string[] = [];
  let host!: WidgetHost;
  registerWidget('probe', (given) => {
    host = given;
    return { draw: () => 40, resize: (width, height) => calls.push(`resize ${width} ${height}`), dispose: () => calls.push('dispose'), summary: () => 'a probe' };
  });
  const definition = { id: 'w', kind: 'probe', queries: ['cpu'], knobs: 3 };
  const view = viewOf('probe')!({ dashboard, definition });
  await Promise.resolve();
  expect(calls).toEqual(['resize 300 100']);
  expect(asked).toEqual([expect.objectContaining({ widget: 'w', width: 300 })]);
  expect(host.options).toBe(definition);
  expect(view.draw(1000)).toBe(1040);
  expect(view.summary()).toBe('a probe');

  const now = host.now();
  dashboard.view({ type: 'view', widget: 'w', view: 1, step: 1000, live: true, from: null, to: null, sequence: 1, resumed: false, series: [{ slot: 0, name: 'cpu', labels: { host: 'a' } }] });
  dashboard.points({ type: 'history', widget: 'w', series: 'cpu', slot: 0, sequence: 2, data: [[now - 90_000, 1], [now - 5000, 4], [now - 5000, 8], [now - 3000, 6]] });
  const [series] = host.series();
  expect([series.name, series.labels, series.latest]).toEqual(['cpu', { host: 'a' }, 6]);
  const columns: number[][] = [];
  series.each((time, ...values) => columns.push([time % 1000, ...values]));
  // What lies before the stretch on the screen is not told.
  expect(columns).toEqual([[0, 4, 4, 8, 8], [0, 6, 6, 6, 6]]);
  view.destroy();
  expect(calls.at(-1)).toBe('dispose');
});

test('a factory of rows gets those it wants', () => {
  const { dashboard, asked, registerWidget, viewOf } = page();
  let host!: WidgetHost;
  registerWidget('probe-rows', (given) => ((host = given), { draw() {} }));
  const view = viewOf('probe-rows')!({ dashboard, definition: { id: 'r', kind: 'probe-rows', table: 't' } as never });
  host.want({ offset: -1, count: 999, sort: 'a' });
  expect(asked).toEqual([{ widget: 'r', offset: 0, count: 200 }, { widget: 'r', offset: -1, count: 200, sort: 'a', descending: false }]);
  dashboard.window({ type: 'window', widget: 'r', version: 1, offset: 7, total: 9, columns: [{ name: 'a', type: 'number' }], rows: [[1]] });
  expect(host.rows()).toEqual({ columns: [{ name: 'a', type: 'number' }], rows: [[1]], offset: 7, total: 9 });
  expect(view.draw(0)).toBe(Infinity);
});

test('what a script throws is thrown when it is drawn, where the page catches it', () => {
  const { dashboard, registerWidget, viewOf } = page();
  registerWidget('probe-fault', () => {
    throw new Error('no needle');
  });
  const view = viewOf('probe-fault')!({ dashboard, definition: { id: 'f', kind: 'probe-fault' } });
  expect(() => view.draw(0)).toThrow('no needle');
});

test('a kind has one drawing, and those of Weir stay', () => {
  const { registerWidget } = page();
  registerWidget('probe-twice', () => ({ draw() {} }));
  expect(() => registerWidget('probe-twice', () => ({ draw() {} }))).toThrow('drawn already');
  expect(() => registerWidget('gauge', () => ({ draw() {} }))).toThrow('by Weir itself');
  expect(() => registerWidget('probe-none', undefined as never)).toThrow('needs a function');
});

test('the script of a kind is loaded once, and what is wrong with it is said', async () => {
  const { registerWidget, kindProblems, loadKind, viewOf } = page();
  const urls: string[] = [];
  const load = async (url: string) => {
    urls.push(url);
    if (url.endsWith('late.js')) registerWidget('late', () => ({ draw() {} }));
    if (url.endsWith('gone.js')) throw new TypeError(`Failed to fetch dynamically imported module: ${url}`);
    if (url.endsWith('broken.js')) throw new SyntaxError('Unexpected token');
  };
  for (const kind of ['late', 'late', 'gone', 'broken', 'silent', 'gauge']) await loadKind(kind, load);
  expect(urls.map((url) => new URL(url).pathname)).toEqual(['/kinds/late.js', '/kinds/gone.js', '/kinds/broken.js', '/kinds/silent.js']);
  expect(viewOf('late')).toBeDefined();
  expect(kindProblems.value).toEqual({
    gone: expect.stringContaining('does not know how to draw a “gone”'),
    broken: 'kinds/broken.js has a fault: Unexpected token',
    silent: expect.stringContaining('did not call weir.registerWidget("silent", …)'),
  });
});
