/** Prometheus' text format 0.0.4, as far as numbers with labels need it. */
export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8';

export interface Metric {
  /** Without the prefix `stint_`. */
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  samples: { labels?: Record<string, string>; value: number }[];
}

/** The exposition of these metrics; a metric without samples is named all the same. */
export function exposition(metrics: readonly Metric[]): string {
  return metrics.map(({ name, help, type, samples }) => block(`stint_${name}`, help, type, samples)).join('');
}

function block(name: string, help: string, type: string, samples: Metric['samples']): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${labelled(labels)} ${value}`);
  return [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

function labelled(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(
    ([key, value]) => `${key}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
