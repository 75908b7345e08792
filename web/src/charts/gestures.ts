import type { Viewport } from '../dashboard/viewport.ts';
import { crosshair } from './crosshair.ts';

interface Surface {
  readonly widget: string;
  readonly over: HTMLElement;
  readonly selection: HTMLElement;
  /** The stretch on the screen, which may lag behind the viewport. */
  shown(): { from: number; to: number };
}

const leastDrag = 6;
const scrollPauseMs = 300;

let scrolledAt = -Infinity;
addEventListener('scroll', () => (scrolledAt = performance.now()), { passive: true, capture: true });

/** Drag zooms, shift-drag pans, wheel zooms around the pointer, two fingers pinch and pan, a double click returns to live. */
export function listenForGestures({ widget, over, selection, shown }: Surface, viewport: Viewport): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let drag: { x: number; pan: boolean; stretch: { from: number; to: number } } | null = null;
  let pinch: { distance: number; center: number; stretch: { from: number; to: number } } | null = null;
  let box = { left: 0, width: 1, top: 0 };

  // Measured once a gesture begins, not at every move.
  const measure = () => {
    const { left, width, top } = over.getBoundingClientRect();
    box = { left, width: Math.max(1, width), top };
  };
  const timeAt = (x: number, stretch = shown()) => stretch.from + ((x - box.left) / box.width) * (stretch.to - stretch.from);

  const listeners: { [name: string]: (event: never) => void } = {
    pointerenter: measure,
    pointerleave: () => {
      if (!drag && crosshair.peek()?.widget === widget) crosshair.value = null;
    },
    pointerdown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      measure();
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (event.pointerType !== 'touch' || pointers.size === 2) over.setPointerCapture(event.pointerId);
      if (pointers.size === 2) {
        const [a, b] = [...pointers.values()];
        pinch = { distance: Math.abs(a.x - b.x), center: (a.x + b.x) / 2, stretch: shown() };
        drag = null;
        selection.hidden = true;
      } else if (event.pointerType !== 'touch') drag = { x: event.clientX, pan: event.shiftKey, stretch: shown() };
    },
    pointermove: (event: PointerEvent) => {
      if (pointers.has(event.pointerId)) pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pinch && pointers.size === 2) {
        const [a, b] = [...pointers.values()];
        const width = ((pinch.stretch.to - pinch.stretch.from) * Math.max(20, pinch.distance)) / Math.max(20, Math.abs(a.x - b.x));
        const held = timeAt(pinch.center, pinch.stretch);
        const part = ((a.x + b.x) / 2 - box.left) / box.width;
        viewport.show(held - part * width, held + (1 - part) * width);
        return;
      }
      if (drag?.pan) {
        const shift = ((drag.x - event.clientX) / box.width) * (drag.stretch.to - drag.stretch.from);
        viewport.show(drag.stretch.from + shift, drag.stretch.to + shift);
        return;
      }
      crosshair.value = { time: timeAt(event.clientX), widget, y: event.clientY - box.top, part: (event.clientX - box.left) / box.width };
      if (drag && Math.abs(event.clientX - drag.x) >= leastDrag) {
        const left = Math.max(0, Math.min(drag.x, event.clientX) - box.left);
        const right = Math.min(box.width, Math.max(drag.x, event.clientX) - box.left);
        selection.style.transform = `translateX(${left}px)`;
        selection.style.width = `${right - left}px`;
        selection.hidden = false;
      }
    },
    pointerup: (event: PointerEvent) => {
      release(event);
      if (drag && !drag.pan && !selection.hidden) {
        // A live chart slid while the selection stood: what lies under it now is meant.
        const [from, to] = [drag.x, event.clientX].sort((a, b) => a - b).map((x) => timeAt(Math.min(box.left + box.width, Math.max(box.left, x))));
        viewport.show(from, to);
      }
      drag = null;
      selection.hidden = true;
    },
    pointercancel: (event: PointerEvent) => {
      release(event);
      drag = null;
      selection.hidden = true;
    },
    wheel: (event: WheelEvent) => {
      // Someone scrolling down the page comes across charts and wants to go on.
      if (performance.now() - scrolledAt < scrollPauseMs && !event.ctrlKey && !event.metaKey) return;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      event.preventDefault();
      measure();
      if (sideways || event.shiftKey) viewport.pan((event.deltaX || event.deltaY) / box.width);
      else viewport.zoom(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) * 0.006), timeAt(event.clientX));
    },
    dblclick: () => viewport.goLive(),
  };

  function release(event: PointerEvent) {
    pointers.delete(event.pointerId);
    if (pointers.size < 2) pinch = null;
  }

  for (const [name, listener] of Object.entries(listeners)) over.addEventListener(name, listener as EventListener, { passive: name !== 'wheel' });
  return () => {
    for (const [name, listener] of Object.entries(listeners)) over.removeEventListener(name, listener as EventListener);
  };
}
