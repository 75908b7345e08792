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

const darkPreferred = matchMedia('(prefers-color-scheme: dark)');

export function applyTheme(): void {
  const choice = themeChoice.value;
  const theme = choice === 'auto' ? (darkPreferred.matches ? 'dark' : 'light') : choice;
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

darkPreferred.addEventListener('change', applyTheme);

export function withAlpha(color: string, alpha: number): string {
  return `${color}${Math.round(alpha * 255).toString(16).padStart(2, '0')}`;
}
