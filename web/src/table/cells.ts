import type { TableColumn } from '../connection/messages.ts';
import { dateTimeLabel, instantLabel, isoDate } from '../scales/time-ticks.ts';
import { fixed } from '../scales/number-format.ts';
import { alignedTexts, quantityText } from '../scales/units.ts';

/** What a cell says. */
export function cellText(column: TableColumn, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (column.type === 'number' || column.type === 'bar')
    return typeof value === 'number' ? (column.unit ? quantityText(value, column.unit) : value.toLocaleString('en', { maximumFractionDigits: 3, useGrouping: column.type === 'bar' })) : String(value);
  if (column.type === 'datetime' && typeof value === 'number') {
    const today = new Date(value).toDateString() === new Date().toDateString();
    return today ? instantLabel(value, 1) : dateTimeLabel(value, 1000);
  }
  // A day has no zone.
  if (column.type === 'date' && typeof value === 'number') {
    const date = new Date(value);
    return isoDate(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  }
  return String(value);
}

const decimalsMax = 3;

/** What the cells of a column say: its numbers have the same decimals, so that their points lie below each other. */
export function columnTexts(column: TableColumn, values: readonly unknown[]): string[] {
  if (column.type !== 'number' && column.type !== 'bar') return values.map((value) => cellText(column, value));
  const numbers = values.map((value) => (typeof value === 'number' ? value : NaN));
  let aligned: string[];
  if (column.unit) aligned = alignedTexts(numbers, column.unit);
  else {
    let digits = 0;
    for (const number of numbers)
      if (Number.isFinite(number)) while (digits < decimalsMax && Number(number.toFixed(digits)) !== number) digits++;
    aligned = numbers.map((number) => (Number.isFinite(number) && number !== 0 && Math.abs(number) < 1e-3 ? quantityText(number) : fixed(number, digits, column.type === 'bar')));
  }
  return values.map((value, i) => (typeof value === 'number' && Number.isFinite(value) ? aligned[i] : cellText(column, value)));
}

export function alignsRight(column: TableColumn): boolean {
  return column.type === 'number';
}

/** Text columns share the width by how long their texts are (`longest`, in characters). */
export function columnWidth(column: TableColumn, longest: number): string {
  switch (column.type) {
    case 'number': return 'minmax(92px, 8fr)';
    case 'bar': return 'minmax(128px, 13fr)';
    case 'date':
    case 'datetime': return 'minmax(112px, 10fr)';
    case 'badge':
    case 'level': return 'minmax(84px, 8fr)';
    default: {
      const weight = Math.min(48, Math.max(7, longest));
      return `minmax(${Math.min(160, 32 + 7 * weight)}px, ${weight}fr)`;
    }
  }
}

const tones: Record<string, string> = {
  ok: 'good', up: 'good', running: 'good', healthy: 'good', active: 'good', success: 'good', online: 'good',
  warn: 'warning', warning: 'warning', degraded: 'warning', pending: 'warning', slow: 'warning',
  error: 'critical', down: 'critical', failed: 'critical', critical: 'critical', stopped: 'critical', offline: 'critical',
};

export function badgeTone(text: string): string {
  return tones[text.toLowerCase()] ?? 'plain';
}

/** Fills a cell; its children are made once for its column type and then only rewritten. */
export function fillCell(cell: HTMLElement, column: TableColumn, value: unknown, text = cellText(column, value)): void {
  if (cell.dataset.text === text) return;
  cell.dataset.text = text;
  switch (column.type) {
    case 'bar': {
      let bar = cell.firstElementChild as HTMLElement | null;
      if (!bar) cell.append((bar = document.createElement('i')), document.createElement('span'));
      const share = typeof value === 'number' ? Math.min(1, Math.max(0, value / (column.max ?? 100))) : 0;
      bar.style.setProperty('--share', String(share));
      cell.lastElementChild!.textContent = text;
      break;
    }
    case 'badge':
    case 'level': {
      let badge = cell.firstElementChild as HTMLElement | null;
      if (!badge) cell.append((badge = document.createElement('span')));
      badge.className = 'badge';
      badge.dataset.tone = badgeTone(text);
      if (column.colors?.[text]) badge.style.color = column.colors[text];
      badge.textContent = text;
      break;
    }
    case 'link': {
      const link = document.createElement('a');
      link.textContent = text;
      if (/^https?:\/\//.test(text)) link.href = text;
      link.rel = 'noreferrer noopener';
      link.target = '_blank';
      cell.replaceChildren(link);
      break;
    }
    default:
      cell.textContent = text;
  }
}
