/** `Bo`, `Bo or Cy`, `Bo, Cy or Dana`. */
export function orList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
