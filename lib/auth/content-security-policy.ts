import { config } from '#lib/config/config.ts';

/**
 * The Content-Security-Policy of one answer (CSP Level 3). Scripts and style elements need the request's nonce;
 * style attributes stay free, because positioned parts set them. Forms may lead to the authority, where sign-out ends.
 * `framedByAuthority`: for front-channel sign-out, which the authority loads in a frame. `asksAuthority`: for pages that
 * may ask for a fresh sign-in, whose browser then fetches the token itself.
 */
export function contentSecurityPolicy(
  nonce: string,
  { framedByAuthority, asksAuthority = false }: { framedByAuthority: boolean; asksAuthority?: boolean },
): string {
  const { sandbox, authorityOrigin, emulatorHttpOrigin, stepUpClientId } = config();
  const authority = emulatorHttpOrigin ? `${authorityOrigin} ${emulatorHttpOrigin}` : authorityOrigin;
  const asked = asksAuthority && stepUpClientId !== null ? ` ${emulatorHttpOrigin ?? authorityOrigin}` : '';
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${asked}`,
    `form-action 'self' ${authority}`,
    "object-src 'none'",
    "base-uri 'none'",
    `frame-ancestors ${framedByAuthority ? authority : "'none'"}`,
    'report-uri /api/csp',
    'report-to csp',
  ];
  if (!sandbox) directives.push('upgrade-insecure-requests');
  return directives.join('; ');
}
