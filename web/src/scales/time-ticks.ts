const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30 * day;
const year = 365 * day;
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour,
  day, 2 * day, 7 * day, 14 * day, month, 3 * month, 6 * month, year,
];
const ticksMax = 2000;

/** The roundest distance of at least `atLeast`. From a month on it stands for calendar months and years, which differ in length. */
export function timeStep(atLeast: number): number {
  const found = steps.find((step) => step >= atLeast);
  if (found !== undefined) return found;
  const years = atLeast / year;
  const power = 10 ** Math.floor(Math.log10(years));
  const rest = years / power;
  return year * power * (rest <= 1.001 ? 1 : rest <= 2.001 ? 2 : rest <= 5.001 ? 5 : 10);
}

/** By how much the local clock is ahead of UTC, ms. */
function offsetAt(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds()) - time;
}

/** Days of the local calendar since 1970. */
function dayNumber(time: number): number {
  const date = new Date(time);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / day);
}

/** The first instant of the local day; where the clock skips midnight, that is later than midnight. */
function startOfDay(number: number): number {
  const date = new Date(number * day);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime();
}

/** Round instants of local time: each local midnight once, whatever the clock does in between. */
export function timeTicks(min: number, max: number, step: number): number[] {
  const found: number[] = [];
  const take = (tick: number) => {
    if (tick >= min && tick <= max && (found.length === 0 || tick > found[found.length - 1])) found.push(tick);
    return found.length < ticksMax;
  };
  if (step >= month) {
    const stride = step >= year ? 12 * Math.max(1, Math.round(step / year)) : Math.round(step / month);
    const begin = new Date(min);
    let index = Math.floor((12 * begin.getFullYear() + begin.getMonth()) / stride) * stride;
    for (let tick = -Infinity; tick <= max; index += stride) {
      tick = new Date(2000, index - 24_000, 1).getTime();
      if (!take(tick)) break;
    }
    return found;
  }
  if (step >= day) {
    const stride = Math.round(step / day);
    // Weeks begin on Monday, which 5 January 1970 was.
    const anchor = stride % 7 === 0 ? 4 : 0;
    for (let number = Math.floor((dayNumber(min) - anchor) / stride) * stride + anchor; startOfDay(number) <= max; number += stride) if (!take(startOfDay(number))) break;
    return found;
  }
  if (step > hour) {
    const stride = step / hour;
    for (let number = dayNumber(min); startOfDay(number) <= max; number++) {
      take(startOfDay(number));
      const date = new Date(number * day);
      for (let at = stride; at < 24; at += stride) {
        const local = new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), at);
        // The hour that a change of the clock skips has no tick.
        if (local.getHours() === at) take(local.getTime());
      }
      if (found.length >= ticksMax) break;
    }
    return found;
  }
  let tick = min;
  while (tick <= max) {
    const local = tick + offsetAt(tick);
    const rest = ((local % step) + step) % step;
    if (rest !== 0) {
      tick += step - rest;
      // A change of the clock on the way there may have moved the round instants.
      if ((tick + offsetAt(tick)) % step !== 0) continue;
    }
    if (!take(tick)) break;
    tick += step;
  }
  return found;
}

const two = (value: number) => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function isDayStart(time: number): boolean {
  return startOfDay(dayNumber(time)) === time;
}

/** A tick's label, as short as its step allows. */
export function tickLabel(time: number, step: number): string {
  const date = new Date(time);
  if (step >= year) return String(date.getFullYear());
  if (step >= month) return date.getMonth() === 0 ? String(date.getFullYear()) : months[date.getMonth()];
  if (step >= day || (step >= minute && isDayStart(time))) return `${date.getDate()} ${months[date.getMonth()]}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (step >= minute) return clock;
  if (step >= second) return `${clock}:${two(date.getSeconds())}`;
  return `:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** "22 Oct", with the year when it is not the one of `now`; nothing when it is the day of `now`. */
export function dateLabel(time: number, now: number): string {
  const [date, today] = [new Date(time), new Date(now)];
  if (date.toDateString() === today.toDateString()) return '';
  const text = `${date.getDate()} ${months[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? text : `${text} ${date.getFullYear()}`;
}

/**
 * Labels of an axis. The first one carries the date when no midnight among them does and it is not today, and the year when it is not this
 * one. An hour that the clock goes through twice is told apart by its distance to UTC.
 */
export function tickLabels(ticks: readonly number[], step: number, now: number): string[] {
  const labels = ticks.map((tick) => tickLabel(tick, step));
  ticks.forEach((tick, i) => {
    const before = labels.indexOf(labels[i]);
    // Times of day repeat from day to day, below their dates.
    if (before === i || (step < day && dayNumber(ticks[labels.lastIndexOf(labels[i], i - 1)]) !== dayNumber(tick))) return;
    labels[i] = step >= day ? `${labels[i]} ${new Date(tick).getFullYear()}` : `${labels[i]} ${zoneLabel(tick)}`;
  });
  if (ticks.length === 0 || step >= year) return labels;
  const first = ticks[0];
  const year0 = new Date(first).getFullYear();
  if (step >= day || isDayStart(first)) {
    if (year0 !== new Date(now).getFullYear() && !labels[0].includes(String(year0))) labels[0] += ` ${year0}`;
    return labels;
  }
  const date = dateLabel(first, now);
  if (date !== '') labels[0] = `${date} ${step < second ? instantLabel(first, 1) : labels[0]}`;
  return labels;
}

/** Distance of the local clock to UTC: "UTC+2", "UTC+5:30". */
export function zoneLabel(time: number): string {
  const minutes = Math.round(offsetAt(time) / minute);
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '\u2212' : '+'}${Math.floor(size / 60)}${size % 60 === 0 ? '' : `:${two(size % 60)}`}`;
}

/** A time of day in full; `step` (ms) is the smallest difference worth showing. */
export function instantLabel(time: number, step: number): string {
  const date = new Date(time);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return step < second ? `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}` : clock;
}

/** A local date and time of day: "2026-11-28 00:30:00". */
export function dateTimeLabel(time: number, step: number): string {
  const date = new Date(time);
  return `${isoDate(date.getFullYear(), date.getMonth(), date.getDate())} ${instantLabel(time, step)}`;
}

export function isoDate(year: number, month: number, date: number): string {
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(date)}`;
}

/** An instant with its date where that is not today's. */
export function momentLabel(time: number, step: number, now: number): string {
  const date = dateLabel(time, now);
  return date === '' ? instantLabel(time, step) : `${date} ${instantLabel(time, step)}`;
}

export function spanLabel(from: number, to: number, now: number): string {
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString();
  const step = to - from < 10 * second ? 1 : second;
  if (sameDay) return `${momentLabel(from, step, now)} – ${instantLabel(to, step)}`;
  const label = (time: number) => {
    const date = new Date(time);
    const text = dateLabel(time, now) || `${date.getDate()} ${months[date.getMonth()]}`;
    return `${text} ${instantLabel(time, second).slice(0, to - from < 2 * hour ? 8 : 5)}`;
  };
  return `${label(from)} – ${label(to)}`;
}

/** "12 s", "3 min", "2 h": how long, roughly. */
export function durationLabel(ms: number): string {
  if (ms < 120 * second) return `${Math.max(0, Math.round(ms / second))} s`;
  if (ms < 2 * hour) return `${Math.round(ms / minute)} min`;
  return ms < 2 * day ? `${Math.round(ms / hour)} h` : `${Math.round(ms / day)} d`;
}
