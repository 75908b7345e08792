import './theme/tokens.css';
import './theme/base.css';
import './theme/header.css';
import './theme/layout.css';
import './theme/dialogs.css';
import './theme/cards.css';
import './theme/charts.css';
import './theme/values.css';
import './theme/tables.css';
import './theme/prose.css';
import './theme/responsive.css';
import { render } from 'preact';
import { App } from './dashboard/app.tsx';
import { Dashboard } from './dashboard/dashboard.ts';
import { start } from './dashboard/start.ts';
import { registerWidget } from './widgets/custom-view.ts';

// What scripts of kinds of widgets call: they are served by the application and cannot import from this page.
Object.assign(globalThis, { weir: Object.freeze({ registerWidget }) });

const query = new URLSearchParams(location.search);
const dashboard = new Dashboard({ dashboard: query.get('dashboard'), transport: query.get('transport') });
start(dashboard);
render(<App dashboard={dashboard} />, document.getElementById('app')!);
