import './theme/tokens.css';
import './theme/base.css';
import './theme/shell.css';
import './theme/widgets.css';
import { render } from 'preact';
import { App } from './dashboard/app.tsx';
import { Dashboard } from './dashboard/dashboard.ts';
import { start } from './dashboard/start.ts';

const query = new URLSearchParams(location.search);
const dashboard = new Dashboard({ dashboard: query.get('dashboard'), transport: query.get('transport') });
start(dashboard);
render(<App dashboard={dashboard} />, document.getElementById('app')!);
