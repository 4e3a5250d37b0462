import { expect, test } from 'vitest';
import { exposition } from './prometheus.ts';

test('metrics are written as Prometheus reads them, with labels escaped', () => {
  const samples = [{ labels: { queue: 'a "b"\\c\nd', state: 'failed' }, value: 2 }, { value: 0.5 }];
  expect(exposition([{ name: 'jobs', help: 'Jobs,\nby state', type: 'gauge', samples }])).toBe(
    [
      '# HELP stint_jobs Jobs,\\nby state',
      '# TYPE stint_jobs gauge',
      'stint_jobs{queue="a \\"b\\"\\\\c\\nd",state="failed"} 2',
      'stint_jobs 0.5',
      '',
    ].join('\n'),
  );
});

test('a metric without samples is named all the same', () => {
  expect(exposition([{ name: 'x', help: 'X', type: 'counter', samples: [] }])).toBe(
    '# HELP stint_x X\n# TYPE stint_x counter\n',
  );
});
