/** The name at the end of a resource id, lower-cased: `/subscriptions/…/roleDefinitions/{guid}` or the bare GUID. */
export function lastSegment(id: string): string {
  return (id.split('/').filter(Boolean).at(-1) ?? '').toLowerCase();
}
