import { createHash, randomBytes } from 'node:crypto';
import type { Reply } from '#lib/emulator/http.ts';
import { pageStyle } from './page-style.ts';

/** Text that is already HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A template whose holes are escaped, unless they are Html (or lists of it). */
export function html(parts: TemplateStringsArray, ...holes: (string | number | Html | Html[])[]): Html {
  return new Html(parts.map((part, index) => part + fill(holes[index])).join(''));
}

function fill(hole: string | number | Html | Html[] | undefined): string {
  if (hole === undefined) return '';
  if (hole instanceof Html) return hole.text;
  if (Array.isArray(hole)) return hole.map((one) => one.text).join('');
  return String(hole).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface PageNeeds {
  status?: number;
  /** Origins a form of this page may lead to, beside our own: browsers check redirects after a post as well. */
  formTargets?: string[];
  /** Origins of frames. */
  frames?: string[];
  head?: Html;
  /** One script, allowed by its nonce. */
  script?: string;
}

const styleHash = createHash('sha256').update(pageStyle).digest('base64');

/** A whole page under a strict content security policy. Works without JavaScript. */
export function page(title: string, body: Html, needs: PageNeeds = {}): Reply {
  const nonce = randomBytes(16).toString('base64');
  const script = needs.script ? new Html(`<script nonce="${nonce}">${needs.script}</script>`) : html``;
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' ${(needs.formTargets ?? []).join(' ')}`.trim(),
    ...(needs.frames?.length ? [`frame-src ${needs.frames.join(' ')}`] : []),
    ...(needs.script ? [`script-src 'nonce-${nonce}'`] : []),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">${needs.head ?? html``}<style>${new Html(pageStyle)}</style></head>
<body><main>${body}</main>${script}</body></html>
`;
  return {
    status: needs.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: document.text,
  };
}
