import { signal } from '@preact/signals';

export type ThemeChoice = 'auto' | 'dark' | 'light';

/** The colors that canvases need, read from the style sheet, which alone defines them. */
export interface Palette {
  readonly series: readonly string[];
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly warning: string;
  readonly critical: string;
  readonly font: string;
}

export const seriesColors = 8;
export const themeChoice = signal<ThemeChoice>('auto');
export const palette = signal<Palette>({ series: [], text: '', muted: '', grid: '', warning: '', critical: '', font: '' });

// Tests of what is drawn run without a page.
const darkPreferred = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

export function applyTheme(): void {
  const choice = themeChoice.value;
  const theme = choice === 'auto' ? (darkPreferred?.matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset.theme = theme;
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  palette.value = {
    series: Array.from({ length: seriesColors }, (_, i) => read(`--series-${i + 1}`)),
    text: read('--text'),
    muted: read('--text-muted'),
    grid: read('--grid'),
    warning: read('--warning'),
    critical: read('--critical'),
    font: read('--font'),
  };
}

const resolved = new Map<string, string | null>();
let brush: CanvasRenderingContext2D | null = null;

/** A color as `#rrggbb`, which canvases can make translucent: hex, a name of CSS, or a slot of the palette (`series-3`, `warning`); null when it is none. */
export function colorOf(name: string | undefined): string | null {
  if (!name) return null;
  const { series, warning, critical } = palette.peek();
  const slot = /^series-([1-8])$/.exec(name);
  if (slot) return series[Number(slot[1]) - 1];
  if (name === 'warning' || name === 'critical') return name === 'warning' ? warning : critical;
  let found = resolved.get(name);
  if (found === undefined) {
    found = null;
    if (CSS.supports('color', name)) {
      brush ??= document.createElement('canvas').getContext('2d')!;
      brush.fillStyle = '#000000';
      brush.fillStyle = name;
      found = brush.fillStyle.startsWith('#') ? brush.fillStyle : null;
    }
    if (resolved.size > 1000) resolved.clear();
    resolved.set(name, found);
  }
  return found;
}

darkPreferred?.addEventListener('change', applyTheme);

export function withAlpha(color: string, alpha: number): string {
  return `${color}${Math.round(alpha * 255).toString(16).padStart(2, '0')}`;
}
