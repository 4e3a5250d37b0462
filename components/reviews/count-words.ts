/** `1 item`, `12 items`, `1,200 people`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** `Entra 12, Azure 3`: what there is none of is left out. */
export function countsInWords(counts: readonly [name: string, count: number][]): string {
  const some = counts.filter(([, count]) => count > 0);
  return some.map(([name, count]) => `${name} ${count.toLocaleString('en')}`).join(', ') || 'none';
}
