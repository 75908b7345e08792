import * as echarts from './node_modules/echarts/dist/echarts.esm.min.js';
import { chartCount, hosts, leaving, listen, SlidingWindow } from './feed.js';

const sampling = new URLSearchParams(location.search).get('sampling') ?? undefined;
// Points as pairs in a typed array, which is the form that ECharts takes without parsing.
const points = Array.from({ length: chartCount }, () => new SlidingWindow(2));

const charts = hosts().map((host) => {
  const chart = echarts.init(host, null, { renderer: 'canvas', width: 600, height: 250 });
  chart.setOption({
    animation: false,
    grid: { left: 40, right: 10, top: 10, bottom: 24 },
    xAxis: { type: 'time', animation: false },
    yAxis: { type: 'value', min: 0, max: 100 },
    series: [{ type: 'line', dimensions: ['time', 'value'], showSymbol: false, silent: true, animation: false, sampling, lineStyle: { width: 1.5 }, data: [] }],
  });
  return chart;
});

listen(
  (times, values) => {
    values.forEach((chart, k) => {
      const window = points[k];
      for (let i = 0; i < times.length; i++) window.push(times[i], chart[i]);
      window.begin += leaving(window.view, 2);
    });
  },
  () => charts.forEach((chart, k) => chart.setOption({ series: [{ data: points[k].view }] })),
);
