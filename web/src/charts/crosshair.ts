import { signal } from '@preact/signals';

/** The instant that the pointer or the keyboard points at, on whichever chart: all charts of the page mark it. */
export const crosshair = signal<{ readonly time: number; readonly widget: string; readonly y: number } | null>(null);
