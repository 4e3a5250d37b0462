const pattern = /\s*\[stint ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]\s*$/i;

/**
 * The justification as Azure gets it: with the request's id behind it, by which a repeated filing is found
 * and Azure's own audit names Stint. An empty one stays empty, or our mark would satisfy PIM's JustificationRule.
 */
export function withMark(justification: string, requestId: string): string {
  return justification.trim() === '' ? '' : `${justification} [stint ${requestId}]`;
}

/** What the person wrote, and the request id behind it; null when it was not filed by Stint. */
export function readMark(text: string | null | undefined): { justification: string; mark: string | null } {
  const found = pattern.exec(text ?? '');
  return {
    justification: (text ?? '').replace(pattern, ''),
    mark: found?.[1]?.toLowerCase() ?? null,
  };
}
