import { useState } from 'preact/hooks';
import { durationLabel, spanLabel } from '../scales/time-ticks.ts';
import { quantityText } from '../scales/units.ts';
import logo from '../theme/weir.svg';
import { themeChoice, type ThemeChoice } from '../theme/theme.ts';
import { pageState } from '../widgets/status.ts';
import type { Dashboard } from './dashboard.ts';
import { Icon } from './icons.tsx';
import { chooseTheme, helpShown, page } from './start.ts';
import { ranges } from './viewport.ts';

export function Header({ dashboard }: { dashboard: Dashboard }) {
  const { value: definition } = dashboard.document;
  return (
    <header class="header">
      <img class="logo" src={definition?.logo?.startsWith('data:image/') ? definition.logo : logo} alt="" width="24" height="24" />
      <h1>{definition?.title ?? 'Weir'}</h1>
      <ConnectionState dashboard={dashboard} />
      <LossChip dashboard={dashboard} />
      <div class="header-space" />
      <Pause dashboard={dashboard} />
      <TimeRange dashboard={dashboard} />
      <ThemeSwitch />
      <button type="button" class="icon-button" aria-label="Keys and help" title="Keys and help (?)" onClick={() => (helpShown.value = true)}>
        <Icon name="help" />
      </button>
      {definition && definition.pages.length > 1 && <Pages dashboard={dashboard} />}
    </header>
  );
}

export function ConnectionState({ dashboard }: { dashboard: Dashboard }) {
  const { session, viewport } = dashboard;
  void dashboard.beat.value;
  const connection = session.state.value;
  const state = pageState(connection, viewport.pausedAt.value !== null, viewport.fixed.value !== null, dashboard.states.values());
  const words: Readonly<Record<string, string>> = { behind: `behind by ${durationLabel(session.behind.value)}`, past: 'not live', stale: 'no new data' };
  return (
    <span class="connection" role="status" data-connection={state} data-transport={session.transportKind.value}>
      <i aria-hidden="true" />
      {connection === 'connecting' ? connection : (words[state] ?? state)}
    </span>
  );
}

const lossTexts: readonly (readonly [name: 'lost' | 'late' | 'ahead' | 'conflated', what: string, why: string])[] = [
  ['lost', 'points overwritten', 'They were sent faster than they could be taken. Wait for room, or send history as an import.'],
  ['late', 'points too late', 'They were older than their series takes. Import them as history, or allow more lateness.'],
  ['ahead', 'points from the future', 'Their times were far ahead of the clock here.'],
  ['conflated', 'times a viewer was too slow', 'It was given the newest picture in place of every step; nothing is missing from it.'],
];

/** What was lost, quietly, and why when one asks. */
function LossChip({ dashboard }: { dashboard: Dashboard }) {
  const [open, setOpen] = useState(false);
  const losses = dashboard.session.losses.value;
  const lost = losses.lost + losses.late + losses.ahead;
  if (lost === 0) return null;
  return (
    <span class="losses" data-losses={lost}>
      <button type="button" class="loss-chip" aria-expanded={open} onClick={() => setOpen(!open)} onBlur={() => setOpen(false)} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        {quantityText(lost, 'count')} lost
      </button>
      {open && (
        <div class="popover" role="status">
          {lossTexts.filter(([name]) => losses[name] > 0).map(([name, what, why]) => (
            <p key={name}><b>{losses[name].toLocaleString('en')} {what}</b> {why}</p>
          ))}
        </div>
      )}
    </span>
  );
}

function Pause({ dashboard }: { dashboard: Dashboard }) {
  const { viewport, session } = dashboard;
  const pausedAt = viewport.pausedAt.value;
  if (pausedAt !== null) void dashboard.beat.value;
  return (
    <button type="button" class={pausedAt === null ? 'button pause' : 'button pause on'} aria-pressed={pausedAt !== null} title="Pause (space)" onClick={() => viewport.togglePause()}>
      <Icon name={pausedAt === null ? 'pause' : 'play'} />
      <span>{pausedAt === null ? 'Pause' : `paused · ${durationLabel(session.clock.now() - pausedAt)} behind`}</span>
    </button>
  );
}

function TimeRange({ dashboard }: { dashboard: Dashboard }) {
  const { viewport } = dashboard;
  const fixed = viewport.fixed.value;
  return (
    <div class="range" role="group" aria-label="Time range">
      {fixed && (
        <button type="button" class="live-chip" title="Back to live (0)" onClick={() => viewport.goLive()}>
          <i aria-hidden="true" />
          Live
        </button>
      )}
      {fixed && <span class="zoomed">zoomed · {spanLabel(fixed.from, fixed.to, dashboard.session.clock.now())}</span>}
      <div class="segments">
        {ranges.map(([label, ms]) => (
          <button type="button" key={ms} aria-pressed={!fixed && viewport.range.value === ms} onClick={() => viewport.choose(ms)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

const themes: readonly ThemeChoice[] = ['auto', 'dark', 'light'];

function ThemeSwitch() {
  const choice = themeChoice.value;
  const next = themes[(themes.indexOf(choice) + 1) % themes.length];
  return (
    <button type="button" class="icon-button" aria-label={`Theme: ${choice}. Switch to ${next}`} title={`Theme: ${choice}`} data-theme-choice={choice} onClick={() => chooseTheme(next)}>
      <Icon name={choice} />
    </button>
  );
}

function Pages({ dashboard }: { dashboard: Dashboard }) {
  const pages = dashboard.document.value!.pages;
  const current = pages.find(({ id }) => id === page.value) ?? pages[0];
  return (
    <nav class="pages" aria-label="Pages">
      {pages.map(({ id, title }) => (
        <button type="button" key={id} aria-current={id === current.id ? 'page' : undefined} onClick={() => (page.value = id)}>
          {title ?? id}
        </button>
      ))}
    </nav>
  );
}
