const compiled = new Map<string, RegExp>();

/** Whether an action is meant by a pattern of a role: any casing, `*` for any text. */
export function matchesAction(pattern: string, action: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .split('*')
      .map((part) => part.replace(/[.\\/+?^$()[\]{}|]/g, '\\$&'))
      .join('.*');
    expression = new RegExp(`^${source}$`, 'i');
    compiled.set(pattern, expression);
  }
  return expression.test(action);
}
