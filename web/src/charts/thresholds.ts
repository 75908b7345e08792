import type { ZonedWidgetOptions } from '../dashboard/document.generated.ts';
import { colorOf, palette, withAlpha } from '../theme/theme.ts';
import { toY, type PixelMap } from './pixels.ts';

export type Threshold = NonNullable<ZonedWidgetOptions['thresholds']>[number];

export function thresholdColor(threshold: Threshold): string {
  const { warning, critical } = palette.peek();
  return colorOf(threshold.color) ?? (threshold.severity === 'critical' ? critical : warning);
}

/** Whether less is worse: what is critical lies below what is a warning. */
export function isInverted(thresholds: readonly Threshold[]): boolean {
  const of = (severity: string) => thresholds.filter((one) => one.severity === severity).map(({ value }) => value);
  const [warnings, criticals] = [of('warning'), of('critical')];
  return warnings.length > 0 && criticals.length > 0 && Math.max(...criticals) < Math.min(...warnings);
}

/** The furthest threshold that a value has reached. */
export function reached(thresholds: readonly Threshold[] | undefined, value: number): Threshold | undefined {
  if (!thresholds) return undefined;
  const sign = isInverted(thresholds) ? -1 : 1;
  let found: Threshold | undefined;
  for (const threshold of thresholds) if (sign * value >= sign * threshold.value && (!found || sign * threshold.value > sign * found.value)) found = threshold;
  return found;
}

/** A faint zone from each threshold up to the next, and a dashed line at it. */
export function paintThresholds(context: CanvasRenderingContext2D, thresholds: readonly Threshold[] | undefined, map: PixelMap): void {
  if (!thresholds) return;
  const inverted = isInverted(thresholds);
  const sorted = [...thresholds].sort((a, b) => a.value - b.value);
  // The axes remember which styles they set last and must find them again.
  context.save();
  sorted.forEach((threshold, i) => {
    const color = thresholdColor(threshold);
    // A zone reaches up to the next threshold, or down to it where less is worse.
    const next = sorted[inverted ? i - 1 : i + 1]?.value ?? (inverted ? -Infinity : Infinity);
    const y = (value: number) => Math.round(toY(map, Math.min(map.max, Math.max(map.min, value))));
    const bottom = y(threshold.value);
    if (color.startsWith('#')) {
      context.fillStyle = withAlpha(color, 0.07);
      context.fillRect(map.left, Math.min(bottom, y(next)), map.width, Math.abs(bottom - y(next)));
    }
    if (threshold.value >= map.max) return;
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
