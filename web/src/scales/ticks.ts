/** The roundest distance of at least `atLeast`: 1, 2 or 5 times a power of ten, or of two for bytes. */
export function niceStep(atLeast: number, unit = ''): number {
  if (unit === 'bytes' || unit === 'bytes/s') {
    const group = 1024 ** Math.max(0, Math.floor(Math.log(Math.max(1, atLeast)) / Math.log(1024)));
    const rest = atLeast / group;
    if (rest <= 1) return group;
    return rest > 500 ? 1024 * group : rest >= 100 ? 2 ** Math.ceil(Math.log2(rest)) * group : niceStep(rest) * group;
  }
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const rest = atLeast / power;
  return (rest <= 1.000001 ? 1 : rest <= 2.000001 ? 2 : rest <= 5.000001 ? 5 : 10) * power;
}

export function ticks(min: number, max: number, step: number): number[] {
  const found: number[] = [];
  // Adding zero turns -0, which would be written with a sign, into 0.
  for (let i = Math.ceil(min / step - 1e-9) + 0; i * step <= max + step * 1e-9; i++) found.push(i * step);
  return found;
}

/** Powers of ten, with 2 and 5 between them where there is room. */
export function logTicks(min: number, max: number, room: number): number[] {
  const found: number[] = [];
  const decades = Math.log10(max / min);
  const factors = decades * 3 <= room ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / room));
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power += stride)
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= min * 0.999999 && tick <= max * 1.000001) found.push(tick);
    }
  return found;
}
