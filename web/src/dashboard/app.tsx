import { useEffect, useRef } from 'preact/hooks';
import type { Dashboard } from './dashboard.ts';
import { EmptyDashboard } from './empty-dashboard.tsx';
import { Header } from './header.tsx';
import { Icon } from './icons.tsx';
import { keyHelp } from './keys.ts';
import { Layout } from './layout.tsx';
import { helpShown, page } from './start.ts';

export function App({ dashboard }: { dashboard: Dashboard }) {
  const definition = dashboard.document.value;
  const current = definition?.pages.find(({ id }) => id === page.value) ?? definition?.pages[0];
  const widgets = definition ? Object.keys(definition.widgets).length : 0;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the widgets</a>
      <Header dashboard={dashboard} />
      <main id="main" tabIndex={-1}>
        {!definition && <Skeleton />}
        {definition && widgets === 0 && <EmptyDashboard />}
        {definition && widgets > 0 && current && <Layout key={current.id} node={current.root} dashboard={dashboard} />}
      </main>
      {helpShown.value && <Help />}
    </>
  );
}

function Skeleton() {
  return <div class="grid" aria-hidden="true">{[0, 1, 2, 3].map((i) => <div class="card ghost" key={i} />)}</div>;
}

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => (helpShown.value = false);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close} onClick={(event) => event.target === dialog.current && close()}>
      <div class="help-head">
        <h2 id="help-title">Keys and gestures</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={close}><Icon name="close" /></button>
      </div>
      <dl>
        {keyHelp.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys.split('  ').map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
