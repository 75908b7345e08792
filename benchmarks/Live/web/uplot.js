import uPlot from './node_modules/uplot/dist/uPlot.esm.js';
import { chartCount, hosts, leaving, listen, SlidingWindow } from './feed.js';

const colors = ['#3b82f6', '#f97316', '#10b981', '#a855f7', '#ef4444', '#14b8a6', '#eab308', '#ec4899'];
const times = new SlidingWindow(1);
const values = Array.from({ length: chartCount }, () => new SlidingWindow(1));

// All charts share one array of times. No cursor, no legend, no points; the y axis is fixed, so that no extremes are sought.
const plots = hosts().map(
  (host, i) =>
    new uPlot(
      {
        width: 600,
        height: 250,
        ms: 1,
        legend: { show: false },
        cursor: { show: false },
        select: { show: false, left: 0, top: 0, width: 0, height: 0 },
        scales: { y: { auto: false, range: [0, 100] } },
        series: [{}, { stroke: colors[i], width: 1.5, points: { show: false }, spanGaps: true }],
      },
      [[], []],
      host,
    ),
);

listen(
  (newTimes, newValues) => {
    for (let i = 0; i < newTimes.length; i++) times.push(newTimes[i]);
    newValues.forEach((chart, k) => chart.forEach((value) => values[k].push(value)));
    const left = leaving(times.view);
    times.begin += left;
    for (const window of values) window.begin += left;
  },
  () => {
    const shown = times.view;
    plots.forEach((plot, k) => plot.setData([shown, values[k].view]));
  },
);
