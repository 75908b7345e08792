import { effect, signal } from '@preact/signals';
import { applyTheme, themeChoice } from '../theme/theme.ts';
import { readAddress, writeAddress } from './address.ts';
import type { Dashboard } from './dashboard.ts';
import { listenForKeys } from './keys.ts';

export const page = signal<string | null>(null);
export const fullscreen = signal<string | null>(null);
export const helpShown = signal(false);

const storedTheme = 'weir.theme';
const beatMs = 500;

/** Wires the page together: address, theme, pausing, keys, heartbeat of the labels. */
export function start(dashboard: Dashboard): void {
  const { session, viewport } = dashboard;
  const address = readAddress(location.hash);
  themeChoice.value = address.theme ?? (localStorage.getItem(storedTheme) as typeof themeChoice.value | null) ?? 'auto';
  if (address.page) page.value = address.page;
  if (address.range) viewport.range.value = address.range;
  const paused = address.paused;
  if (paused) viewport.fixed.value = { from: paused - viewport.range.peek(), to: paused };
  else if (address.from && address.to && address.from < address.to) viewport.fixed.value = { from: address.from, to: address.to };

  effect(() => {
    applyTheme();
    dashboard.frames.invalidateAll();
  });
  effect(() => {
    const fixed = viewport.fixed.value;
    void viewport.range.value;
    document.documentElement.dataset.range = fixed ? 'zoomed' : 'live';
    dashboard.resubscribeColumns();
    dashboard.frames.invalidateAll();
  });

  const hidden = signal(document.hidden);
  document.addEventListener('visibilitychange', () => (hidden.value = document.hidden));
  effect(() => {
    // A stretch of the past that a paused page moved to still has to come; rows stay as they were paused.
    if (hidden.value || (viewport.pausedAt.value !== null && viewport.fixed.value === null)) session.pause();
    else session.resume();
    dashboard.frames.invalidateAll();
  });
  effect(() => {
    if (hidden.value) return;
    const timer = setInterval(() => dashboard.beat.value++, beatMs);
    return () => clearInterval(timer);
  });

  let documentRange = false;
  effect(() => {
    const { value } = dashboard.document;
    if (!value) return;
    document.title = value.title && value.title !== 'Weir' ? `${value.title} · Weir` : 'Weir';
    if (!documentRange && value.range && !address.range) viewport.range.value = value.range;
    if (!documentRange && !address.theme && !localStorage.getItem(storedTheme) && value.theme) themeChoice.value = value.theme;
    documentRange = true;
  });
  effect(() => {
    const fixed = viewport.fixed.value;
    const hash = writeAddress({
      page: page.value ?? undefined,
      range: viewport.range.value,
      from: fixed?.from,
      to: fixed?.to,
      theme: themeChoice.value === 'auto' ? undefined : themeChoice.value,
      paused: viewport.pausedAt.value ?? undefined,
    });
    if (documentRange && hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
  });

  listenForKeys(dashboard);
  session.open();
}

export function chooseTheme(choice: typeof themeChoice.value): void {
  themeChoice.value = choice;
  localStorage.setItem(storedTheme, choice);
}
