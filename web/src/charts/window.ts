import type { Stretch } from '../dashboard/viewport.ts';
import type { ColumnsView } from '../store/columns-view.ts';

/** The columns to draw for a stretch of time, and where they lie in device pixels. */
export interface ColumnWindow extends Stretch {
  readonly columnFrom: number;
  readonly columnTo: number;
  readonly origin: number;
  readonly pitch: number;
}

/** The server's columns are as wide as a pixel but for rounding; then they are drawn exactly one pixel wide. */
const nearOnePixel = 0.03;

export function columnWindow(view: ColumnsView | null, stretch: Stretch, live: boolean, left: number, width: number): ColumnWindow {
  const step = view?.step ?? 0;
  const pitch = (width * step) / (stretch.to - stretch.from);
  if (!view || !(step > 0)) return { ...stretch, columnFrom: 0, columnTo: -1, origin: left, pitch: 1 };
  if (Math.abs(pitch - 1) <= nearOnePixel) {
    // Slides by whole columns: the right edge stays on the grid.
    const columnTo = live ? Math.floor(stretch.to / step) : Math.floor(stretch.from / step) + width - 1;
    const columnFrom = columnTo - width + 1;
    return { from: columnFrom * step, to: (columnTo + 1) * step, columnFrom, columnTo, origin: left, pitch: 1 };
  }
  const columnFrom = Math.floor(stretch.from / step);
  const snapped = live ? { from: Math.floor(stretch.to / step + 1) * step - (stretch.to - stretch.from), to: Math.floor(stretch.to / step + 1) * step } : stretch;
  return {
    ...snapped,
    columnFrom: live ? Math.floor(snapped.from / step) : columnFrom,
    columnTo: Math.floor(snapped.to / step),
    origin: left + ((Math.floor(snapped.from / step) * step - snapped.from) / step) * pitch,
    pitch,
  };
}
