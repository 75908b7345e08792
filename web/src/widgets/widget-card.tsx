import { useEffect, useRef, useState } from 'preact/hooks';
import { crosshair } from '../charts/crosshair.ts';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { MetricOptions, StatOptions, WidgetOptions } from '../dashboard/document.generated.ts';
import { Icon } from '../dashboard/icons.tsx';
import { fullscreen } from '../dashboard/start.ts';
import { durationLabel } from '../scales/time-ticks.ts';
import { kindProblems, loadKind } from './load-kind.ts';
import { viewOf } from './make-view.ts';
import { numberFormat } from '../scales/number-format.ts';
import { colorOf } from '../theme/theme.ts';
import { emptyNote, statusOf, type Status } from './status.ts';
import type { WidgetView } from './widget-view.ts';

interface Props {
  readonly definition: WidgetOptions;
  readonly dashboard: Dashboard;
}

/** The frame around every widget: title, state, fullscreen. What is inside draws itself. */
export function WidgetCard({ definition, dashboard }: Props) {
  const card = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState<Status>({ state: 'loading', age: 0 });
  const { id, kind } = definition;
  const title = definition.title ?? id;
  const makeView = viewOf(kind);
  const problem = makeView ? undefined : kindProblems.value[kind];
  const shape = JSON.stringify(definition);
  const [near, setNear] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const [helpOpen, setHelpOpen] = useState(false);

  // Only what is near the screen is made and asked for: a page may have a thousand widgets.
  useEffect(() => watchNear(card.current!, setNear), []);

  useEffect(() => {
    if (!body.current || !near) return;
    if (!makeView) return void loadKind(kind);
    const view = makeView({ dashboard, definition });
    card.current!.style.minHeight = '';
    body.current.append(view.element);
    dashboard.frames.add(view);
    const own = card.current!;
    const press = (event: KeyboardEvent) => {
      if (event.target !== own || event.ctrlKey || event.metaKey || event.altKey || !view.key?.(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    own.addEventListener('keydown', press);
    const leave = () => crosshair.peek()?.widget === id && (crosshair.value = null);
    own.addEventListener('blur', leave);
    const watching = watch(view, definition, dashboard, own, setStatus, setNote);
    return () => {
      watching();
      // What it was high it stays, so that the page does not jump while it is away.
      own.style.minHeight = `${own.offsetHeight}px`;
      own.removeEventListener('keydown', press);
      own.removeEventListener('blur', leave);
      dashboard.frames.remove(view);
      view.destroy();
      view.element.remove();
      dashboard.forget(id);
    };
  }, [shape, near, makeView]);

  const error = dashboard.errors.value[id] ?? dashboard.failures.value[id] ?? complaintOf(definition);
  const full = fullscreen.value === id;
  const connected = dashboard.session.state.value === 'live' || dashboard.session.state.value === 'behind';
  return (
    <section
      ref={card}
      class={full ? 'card full' : 'card'}
      data-widget={id}
      data-kind={kind}
      data-span={Math.min(4, definition.span ?? 1)}
      data-state={problem ? 'error' : status.state}
      tabIndex={0}
      aria-label={title}
    >
      <header class="card-head">
        <h2 title={definition.source ? `${title} (${definition.source})` : title}>{title}</h2>
        {definition.help && (
          <span class="help-mark">
            <button type="button" class="icon-button small" aria-label={`About ${title}`} aria-expanded={helpOpen} onClick={() => setHelpOpen(!helpOpen)} onBlur={() => setHelpOpen(false)} onKeyDown={(event) => event.key === 'Escape' && helpOpen && (event.stopPropagation(), setHelpOpen(false))}>
              <Icon name="help" />
            </button>
            {helpOpen && <span class="popover" role="note">{definition.help}</span>}
          </span>
        )}
        {status.state === 'stale' && <span class="stale-label">{connected ? 'stale' : 'disconnected'} · {durationLabel(status.age)}</span>}
        <button type="button" class="icon-button small expand" aria-label={full ? 'Leave fullscreen' : `Show ${title} in fullscreen`} title={full ? 'Leave fullscreen (Esc)' : 'Fullscreen (F)'} onClick={() => (fullscreen.value = full ? null : id)}>
          <Icon name={full ? 'close' : 'expand'} />
        </button>
      </header>
      <div class="card-body" ref={body} />
      {problem && <p class="note">{problem}</p>}
      {!problem && error && <p class="note error" role="alert">{error}</p>}
      {!problem && note && <p class="note">{note}</p>}
      {!problem && !error && !note && status.state === 'loading' && <div class="skeleton" aria-hidden="true" />}
      <p class="unseen" data-summary />
    </section>
  );
}

/** Looks at the view with every beat: its state, and what tests and screen readers want to know. */
function watch(view: WidgetView, { id }: WidgetOptions, dashboard: Dashboard, card: HTMLElement, set: (status: Status) => void, setNote: (note: string | null) => void): () => void {
  let last: Status | null = null;
  let summaryBeat = 0;
  const look = () => {
    const { session, viewport } = dashboard;
    const now = session.clock.now();
    const connected = session.state.peek() === 'live' || session.state.peek() === 'behind';
    const next = statusOf(view.freshness(now), now, connected, viewport.live.peek(), dashboard.errors.peek()[id] !== undefined);
    // Ages only matter while they are shown.
    if (!last || last.state !== next.state || (next.state === 'stale' && durationLabel(last.age) !== durationLabel(next.age))) set((last = next));
    dashboard.states.delete(id);
    if (view.freshness(now).interval !== Infinity) dashboard.states.set(id, next.state);
    setNote(emptyNote(next.state, next.age, connected, viewport.fixed.peek() === null, view.isEmpty?.() ?? false, view.emptyText?.()));
    const held = view.held();
    if (held) {
      attribute('points', String(held.points));
      attribute('newest', String(held.newest));
    }
    if (summaryBeat++ % 10 === 0) {
      const summary = card.querySelector('[data-summary]')!;
      const text = view.summary();
      if (summary.textContent !== text) summary.textContent = text;
    }
  };
  const attribute = (name: string, value: string) => {
    if (card.dataset[name] !== value) card.dataset[name] = value;
  };
  const stopBeat = dashboard.beat.subscribe(look);
  // The first data should not wait for the beat.
  const stopWatch = dashboard.watch(id, () => {
    if (last?.state !== 'live') look();
  });
  return () => {
    stopBeat();
    stopWatch();
  };
}

/** What of a definition cannot be followed. */
function complaintOf(definition: WidgetOptions): string | null {
  const { format, color, thresholds } = definition as Partial<Pick<StatOptions, 'format'> & Pick<MetricOptions, 'color' | 'thresholds'>>;
  if (format && !numberFormat(format)) return `The format “${format}” is neither a .NET format such as N2 or #,##0.0 nor a d3 format such as .1f.`;
  const bad = [color, ...(thresholds ?? []).map((one) => one.color)].find((one) => one && colorOf(one) === null);
  return bad ? `“${bad}” is no color: write a CSS name such as orange, a hex color such as #3b82f6, or series-1 to series-8.` : null;
}

/** Cards are made this far before they come into sight, in CSS pixels. */
const nearPx = 3000;
const listeners = new WeakMap<Element, (near: boolean) => void>();
let sight: IntersectionObserver | null = null;

/** One observer for all cards of the page. */
function watchNear(card: HTMLElement, set: (near: boolean) => void): () => void {
  sight ??= new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) listeners.get(target)?.(isIntersecting);
  }, { rootMargin: `${nearPx}px 0px` });
  listeners.set(card, set);
  sight.observe(card);
  return () => sight!.unobserve(card);
}
