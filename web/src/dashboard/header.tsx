import { durationLabel, spanLabel } from '../scales/time-ticks.ts';
import logo from '../theme/weir.svg';
import { themeChoice, type ThemeChoice } from '../theme/theme.ts';
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
  const connection = session.state.value;
  const paused = viewport.pausedAt.value !== null && (connection === 'live' || connection === 'behind');
  const state = paused ? 'paused' : connection === 'connecting' ? 'reconnecting' : connection;
  const word = connection === 'connecting' ? 'connecting' : state === 'behind' ? `behind by ${durationLabel(session.behind.value)}` : state;
  return (
    <span class="connection" role="status" data-connection={state} data-transport={session.transportKind.value}>
      <i aria-hidden="true" />
      {word}
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
