/**
 * The claims a PIM 400 asks for, from its message `…claims=%7B…%7D`: JSON text, or null.
 * Source: RoleAssignmentRequestAcrsValidationFailed, which comes without a WWW-Authenticate header.
 */
export function claimsInMessage(message: string): string | null {
  const encoded = /claims=([^&\s"]+)/.exec(message)?.[1];
  if (!encoded) return null;
  try {
    return jsonText(decodeURIComponent(encoded));
  } catch {
    return null;
  }
}

/** The claims of a 401 challenge `Bearer error="insufficient_claims", claims="<base64>"`: JSON text, or null. */
export function claimsInHeader(header: string | null): string | null {
  if (!header?.includes('insufficient_claims')) return null;
  const encoded = /claims="([^"]+)"/.exec(header)?.[1];
  return encoded ? jsonText(Buffer.from(encoded, 'base64').toString('utf8')) : null;
}

function jsonText(text: string): string | null {
  try {
    return typeof JSON.parse(text) === 'object' ? text : null;
  } catch {
    return null;
  }
}
