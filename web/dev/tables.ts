import type { TableColumn } from '../src/connection/messages.ts';
import type { Block } from '../src/widgets/markdown.tsx';
import { noise } from './signals.ts';

interface Table {
  readonly columns: readonly TableColumn[];
  total(now: number): number;
  row(index: number, now: number): unknown[];
}

const levels = ['debug', 'information', 'information', 'information', 'warning', 'information', 'error'];
const messages = ['Order accepted', 'Payment authorized', 'Cache refreshed in 12 ms', 'Retrying the request to stock', 'Session opened', 'Timeout after 2 s: pricing', 'Cart recalculated'];
const states = ['running', 'running', 'pending', 'running', 'stopped'];
const begun = Date.now();

const processes = Array.from({ length: 5000 }, (_, i) => i);

export const tables: Readonly<Record<string, Table>> = {
  processes: {
    columns: [
      { name: 'pid', title: 'PID', type: 'number' },
      { name: 'name', title: 'Name', type: 'text' },
      { name: 'state', title: 'State', type: 'badge' },
      { name: 'cpu', title: 'CPU', type: 'bar', unit: '%', max: 100 },
      { name: 'memory', title: 'Memory', type: 'number', unit: 'bytes' },
    ],
    total: () => processes.length,
    row: (i, now) => [
      1000 + i,
      ['postgres', 'checkout', 'stock', 'nginx', 'pricing', 'weir'][i % 6],
      states[i % 5],
      Math.round(1000 * noise(i, 1) ** 6 * (0.7 + 0.3 * noise(Math.floor(now / 1000), i))) / 10,
      Math.round(4e9 * noise(i, 2) ** 4),
    ],
  },
  log: {
    columns: [
      { name: 'time', type: 'datetime' },
      { name: 'level', type: 'level' },
      { name: 'source', type: 'text' },
      { name: 'message', type: 'text' },
    ],
    total: (now) => 400 + Math.floor((now - begun) / 400),
    row: (i) => {
      const kind = Math.floor(noise(i, 3) * 7);
      return [begun + (i - 400) * 400, levels[kind], ['checkout', 'payment', 'stock'][i % 3], `${messages[kind]} (#${10_000 + i})`];
    },
  },
  notes: {
    columns: [{ name: 'text', type: 'text' }],
    total: () => 1,
    row: () => [
      JSON.stringify([
        { heading: 2, text: ['Checkout'] },
        { paragraph: ['What customers ', { strong: ['pay with'] }, ' and how long it takes. See the ', { link: 'https://example.org/runbook', text: ['runbook'] }, '.'] },
        { list: [[{ paragraph: ['p99 below ', { code: '200 ms' }] }], [{ paragraph: ['no raw <b>HTML</b>'] }]] },
        { code: 'Live.Metric("cpu").Send(75);' },
      ] satisfies Block[]),
    ],
  },
};

export function tableWindow(name: string, now: number, ask: { offset: number; count: number; sort?: string; descending?: boolean }) {
  const table = tables[name];
  const total = table.total(now);
  const offset = ask.offset < 0 ? Math.max(0, total - ask.count) : Math.min(ask.offset, Math.max(0, total - 1));
  if (!ask.sort) return { total, offset, rows: Array.from({ length: Math.min(ask.count, total - offset) }, (_, i) => table.row(offset + i, now)) };
  const by = table.columns.findIndex(({ name: column }) => column === ask.sort);
  const rows = Array.from({ length: total }, (_, i) => table.row(i, now)).sort((a, b) => {
    const order = (a[by] as number) < (b[by] as number) ? -1 : (a[by] as number) > (b[by] as number) ? 1 : 0;
    return ask.descending ? -order : order;
  });
  return { total, offset, rows: rows.slice(offset, offset + ask.count) };
}
