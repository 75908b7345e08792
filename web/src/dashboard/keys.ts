import type { Dashboard } from './dashboard.ts';
import { fullscreen, helpShown } from './start.ts';

export const keyHelp: readonly (readonly [keys: string, does: string])[] = [
  ['Space', 'Pause and resume'],
  ['0', 'Back to live'],
  ['[  ]', 'Pan back and forth'],
  ['+  −', 'Zoom in and out'],
  ['←  →', 'Data cursor of the focused chart; with Shift by ten points'],
  ['F', 'Fullscreen of the focused widget'],
  ['?', 'This help'],
  ['Esc', 'Back'],
  ['Drag', 'Zoom into a stretch of time'],
  ['Wheel, pinch', 'Zoom around the pointer'],
  ['Shift + drag', 'Pan'],
  ['Double click', 'Back to live'],
];

const panPart = 0.25;

export function listenForKeys({ viewport }: Dashboard): void {
  const actions: Record<string, () => void> = {
    ' ': () => viewport.togglePause(),
    '0': () => viewport.goLive(),
    '[': () => viewport.pan(-panPart),
    ']': () => viewport.pan(panPart),
    '+': () => viewport.zoom(0.5),
    '=': () => viewport.zoom(0.5),
    '-': () => viewport.zoom(2),
    f: toggleFullscreen,
    '?': () => (helpShown.value = !helpShown.peek()),
    Escape: () => {
      if (helpShown.peek()) helpShown.value = false;
      else if (fullscreen.peek()) fullscreen.value = null;
      else viewport.goLive();
    },
  };
  addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, textarea, [contenteditable]')) return;
    // A focused button keeps the keys that press it.
    if (event.key === ' ' && target.closest('button, a, summary')) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function toggleFullscreen(): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-widget]') ?? document.querySelector<HTMLElement>('[data-widget]:hover');
  if (fullscreen.peek()) fullscreen.value = null;
  else if (focused?.dataset.widget) fullscreen.value = focused.dataset.widget;
}
