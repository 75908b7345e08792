import { useState } from 'preact/hooks';
import type { LayoutNode } from '../connection/messages.ts';
import { WidgetCard } from '../widgets/widget-card.tsx';
import type { Dashboard } from './dashboard.ts';
import { fillRows } from './fill-rows.ts';

interface Props {
  readonly node: LayoutNode;
  readonly dashboard: Dashboard;
}

export function Layout({ node, dashboard }: Props) {
  switch (node.type) {
    case 'widget': {
      const definition = dashboard.document.value?.widgets[node.widget ?? ''];
      return definition ? <WidgetCard key={definition.id} definition={definition} dashboard={dashboard} /> : null;
    }
    case 'columns': {
      const weights = (node.children ?? []).map((_, i) => `minmax(0, ${node.weights?.[i] ?? 1}fr)`).join(' ');
      return <div class="columns" ref={(div) => div?.style.setProperty('--weights', weights)}><Children node={node} dashboard={dashboard} /></div>;
    }
    case 'tabs':
      return <Tabs node={node} dashboard={dashboard} />;
    case 'expander':
      return (
        <details class="expander" open={node.expanded !== false}>
          <summary>{node.title}</summary>
          <Grid node={node} dashboard={dashboard} />
        </details>
      );
    case 'column':
    case 'row':
      return <div class={node.type}><Children node={node} dashboard={dashboard} /></div>;
    default:
      return <Grid node={node} dashboard={dashboard} />;
  }
}

function Children({ node, dashboard }: Props) {
  return <>{node.children?.map((child, i) => <Layout key={child.widget ?? `${child.type}-${i}`} node={child} dashboard={dashboard} />)}</>;
}

/** Two columns, three on a wide screen; a row that its widgets do not fill is filled by its last one. */
function Grid({ node, dashboard }: Props) {
  const take = (grid: HTMLDivElement | null) => {
    if (!grid) return;
    const children = [...grid.children] as HTMLElement[];
    for (const columns of [2, 3]) {
      // Every container takes a whole row.
      const wanted = children.map(({ dataset }) => Math.min(columns, dataset.span === undefined ? columns : Number(dataset.span)));
      fillRows(wanted, columns).forEach((span, i) => children[i].style.setProperty(`--take-${columns}`, String(span)));
    }
  };
  return <div class="grid" ref={take}><Children node={node} dashboard={dashboard} /></div>;
}

function Tabs({ node, dashboard }: Props) {
  const tabs = node.children ?? [];
  const [chosen, choose] = useState(0);
  const current = Math.min(chosen, tabs.length - 1);
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (current + step + tabs.length) % tabs.length;
    choose(next);
    ((event.currentTarget as HTMLElement).children[next] as HTMLElement).focus();
  };
  return (
    <section class="tabs">
      <div class="tab-list" role="tablist" onKeyDown={move}>
        {tabs.map((tab, i) => (
          <button type="button" role="tab" key={i} aria-selected={i === current} tabIndex={i === current ? 0 : -1} onClick={() => choose(i)}>
            {tab.title ?? `Tab ${i + 1}`}
          </button>
        ))}
      </div>
      {tabs[current] && (
        <div role="tabpanel" key={current} aria-label={tabs[current].title}>
          <Grid node={tabs[current]} dashboard={dashboard} />
        </div>
      )}
    </section>
  );
}
