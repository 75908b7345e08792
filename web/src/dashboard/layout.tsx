import { useState } from 'preact/hooks';
import type { LayoutNode } from '../connection/messages.ts';
import { WidgetCard } from '../widgets/widget-card.tsx';
import type { Dashboard } from './dashboard.ts';

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
          <div class="grid"><Children node={node} dashboard={dashboard} /></div>
        </details>
      );
    case 'column':
    case 'row':
      return <div class={node.type}><Children node={node} dashboard={dashboard} /></div>;
    default:
      return <div class="grid"><Children node={node} dashboard={dashboard} /></div>;
  }
}

function Children({ node, dashboard }: Props) {
  return <>{node.children?.map((child, i) => <Layout key={child.widget ?? `${child.type}-${i}`} node={child} dashboard={dashboard} />)}</>;
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
        <div role="tabpanel" class="grid" key={current} aria-label={tabs[current].title}>
          <Children node={tabs[current]} dashboard={dashboard} />
        </div>
      )}
    </section>
  );
}
