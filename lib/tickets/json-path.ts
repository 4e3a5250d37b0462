/** What is at a path of names and places within JSON, such as `issue.tags.0.name`; undefined: nothing. */
export function atPath(json: unknown, path: string): unknown {
  let here = json;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}
