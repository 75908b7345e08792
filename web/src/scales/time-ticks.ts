const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour,
  day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day, 365 * day,
];

export function timeStep(atLeast: number): number {
  return steps.find((step) => step >= atLeast) ?? 365 * day * Math.ceil(atLeast / (365 * day));
}

/** Round instants of local time. */
export function timeTicks(min: number, max: number, step: number): number[] {
  const shift = step > hour ? new Date(min).getTimezoneOffset() * minute : 0;
  const found: number[] = [];
  for (let tick = Math.ceil((min - shift) / step) * step + shift; tick <= max; tick += step) found.push(tick);
  return found;
}

const two = (value: number) => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A tick's label, as short as its step allows. */
export function tickLabel(time: number, step: number): string {
  const date = new Date(time);
  if (step >= day || (date.getHours() === 0 && date.getMinutes() === 0 && step >= minute)) return `${date.getDate()} ${months[date.getMonth()]}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (step >= minute) return clock;
  if (step >= second) return `${clock}:${two(date.getSeconds())}`;
  return `:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** An instant in full; `step` (ms) is the smallest difference worth showing. */
export function instantLabel(time: number, step: number): string {
  const date = new Date(time);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return step < second ? `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}` : clock;
}

export function spanLabel(from: number, to: number): string {
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString() && to - from < day;
  const step = to - from < 10 * second ? 1 : second;
  const label = (time: number) => {
    const date = new Date(time);
    return sameDay ? instantLabel(time, step) : `${date.getDate()} ${months[date.getMonth()]} ${instantLabel(time, second).slice(0, 5)}`;
  };
  return `${label(from)} – ${label(to)}`;
}

/** "12 s", "3 min", "2 h": how long, roughly. */
export function durationLabel(ms: number): string {
  if (ms < 120 * second) return `${Math.max(0, Math.round(ms / second))} s`;
  if (ms < 2 * hour) return `${Math.round(ms / minute)} min`;
  return ms < 2 * day ? `${Math.round(ms / hour)} h` : `${Math.round(ms / day)} d`;
}
