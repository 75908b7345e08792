import { describe, expect, test } from 'vitest';
import { fullName, seriesNames } from './series-name.ts';

const series = (...names: (string | [string, Record<string, string>])[]) =>
  names.map((one, slot) => (typeof one === 'string' ? { slot, name: one } : { slot, name: one[0], labels: one[1] }));

describe('seriesNames', () => {
  test('leaves out what all names share', () => {
    expect(seriesNames(series('system.cpu.user', 'system.cpu.system'))).toEqual(['user', 'system']);
    expect(seriesNames(series('pool.thread.count', 'pool.queue.count'))).toEqual(['thread', 'queue']);
    expect(seriesNames(series('system.context_switches', 'system.interrupts'))).toEqual(['context switches', 'interrupts']);
    expect(seriesNames(series('weir.points.appended:rate:5s', 'weir.points.lost:rate:5s'))).toEqual(['appended', 'lost']);
  });

  test('keeps something of every name', () => {
    expect(seriesNames(series('disk', 'disk.read'))).toEqual(['disk', 'disk read']);
    expect(seriesNames(series('a.b', 'a.b.c'))).toEqual(['b', 'b c']);
    expect(seriesNames(series('cpu'))).toEqual(['cpu']);
    expect(seriesNames(series('system.cpu'))).toEqual(['cpu']);
    expect(seriesNames([])).toEqual([]);
  });

  test('tells by the labels that differ', () => {
    expect(seriesNames(series(['cpu', { core: '0', host: 'a' }], ['cpu', { core: '1', host: 'a' }]))).toEqual(['core 0', 'core 1']);
    expect(seriesNames(series(['net.receive', { interface: 'eth0' }], ['net.transmit', { interface: 'eth1' }]))).toEqual(['eth0 receive', 'eth1 transmit']);
  });

  test('shortens the names of tags and calls quantiles as people do', () => {
    const request = (status: string, quantile: string): [string, Record<string, string>] => ['duration', { 'http.response.status_code': status, 'http.route': '/cart', quantile }];
    expect(seriesNames(series(request('200', '0.5'), request('404', '0.999')))).toEqual(['status code 200 · p50', 'status code 404 · p99.9']);
    expect(seriesNames(series(request('200', '0.95'), request('200', '0.99')))).toEqual(['p95', 'p99']);
  });

  test('prefers the named label', () => {
    const cores = series(['cpu', { core: '0', host: 'a' }], ['cpu', { core: '1', host: 'b' }]);
    expect(seriesNames(cores, 'host')).toEqual(['a', 'b']);
    expect(seriesNames(series(['load', { window: '1m' }], ['load', { window: '5m' }]), 'window')).toEqual(['1m', '5m']);
  });

  test('follows a template, and the labels where it comes to nothing', () => {
    const hosts = series(['cpu', { host: 'a', core: '0' }], ['cpu', { host: 'b', core: '1' }], ['cpu', { core: '2' }]);
    expect(seriesNames(hosts, undefined, '{{host}} of {{ __name__ }}')).toEqual(['a of cpu', 'b of cpu', 'of cpu']);
    expect(seriesNames(hosts, 'core', '{{host}}')).toEqual(['a', 'b', 'core 2']);
    expect(seriesNames(hosts, undefined, 'all')).toEqual(hosts.map(fullName));
  });

  test('falls back to full names rather than naming two alike', () => {
    expect(seriesNames(series(['cpu', { core: '0', host: 'a' }], ['cpu', { core: '0', host: 'b' }]), 'core')).toEqual(['cpu{core="0",host="a"}', 'cpu{core="0",host="b"}']);
    expect(fullName({ slot: 0, name: 'cpu' })).toBe('cpu');
  });
});
