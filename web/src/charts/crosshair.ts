import { signal } from '@preact/signals';

export interface Crosshair {
  readonly time: number;
  readonly widget: string;
  readonly y: number;
  /** Where the pointer rests, as a part of the plot's width: as a live chart slides under it, the time follows. Undefined for the keyboard's, which stays with its point. */
  readonly part?: number;
}

/** The instant that the pointer or the keyboard points at, on whichever chart: all charts of the page mark it. */
export const crosshair = signal<Crosshair | null>(null);
