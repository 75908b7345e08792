/** How values and columns become device pixels of one plot; `toY` is monotone, smaller is higher. */
export interface PixelMap {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** First and last column number to draw. */
  readonly from: number;
  readonly to: number;
  /** Left edge of column `from`, and the width of one column. */
  readonly origin: number;
  readonly pitch: number;
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  readonly log: boolean;
}

export function toY(map: PixelMap, value: number): number {
  const part = map.log
    ? Math.log10(Math.max(value, map.min * 1e-3) / map.min) / Math.log10(map.max / map.min)
    : (value - map.min) / (map.max - map.min);
  // Far outside is as good as outside, and canvases dislike huge numbers.
  return map.top + map.height * (1 - Math.min(11, Math.max(-10, part)));
}
