import type { Threshold } from '../connection/messages.ts';
import { palette, withAlpha } from '../theme/theme.ts';
import { toY, type PixelMap } from './pixels.ts';

export function thresholdColor(threshold: Threshold): string {
  const { warning, critical } = palette.peek();
  return threshold.color ?? (threshold.severity === 'critical' ? critical : warning);
}

/** The highest threshold that a value has reached. */
export function reached(thresholds: readonly Threshold[] | undefined, value: number): Threshold | undefined {
  let found: Threshold | undefined;
  for (const threshold of thresholds ?? []) if (value >= threshold.value && (!found || threshold.value > found.value)) found = threshold;
  return found;
}

/** A faint zone from each threshold up to the next, and a dashed line at it. */
export function paintThresholds(context: CanvasRenderingContext2D, thresholds: readonly Threshold[] | undefined, map: PixelMap): void {
  if (!thresholds) return;
  const sorted = [...thresholds].sort((a, b) => a.value - b.value);
  // The axes remember which styles they set last and must find them again.
  context.save();
  sorted.forEach((threshold, i) => {
    if (threshold.value >= map.max) return;
    const color = thresholdColor(threshold);
    const bottom = Math.round(toY(map, Math.max(threshold.value, map.min)));
    const top = i + 1 < sorted.length && sorted[i + 1].value < map.max ? Math.round(toY(map, sorted[i + 1].value)) : map.top;
    if (color.startsWith('#')) {
      context.fillStyle = withAlpha(color, 0.07);
      context.fillRect(map.left, top, map.width, bottom - top);
    }
    if (threshold.value <= map.min) return;
    context.strokeStyle = color;
    context.globalAlpha = 0.7;
    context.lineWidth = map.ratio;
    context.setLineDash([4 * map.ratio, 4 * map.ratio]);
    context.beginPath();
    context.moveTo(map.left, bottom);
    context.lineTo(map.left + map.width, bottom);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  });
  context.restore();
}
