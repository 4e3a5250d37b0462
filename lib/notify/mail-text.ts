import { wordsOf } from '#lib/domain/letter-words.ts';
import type { Delivery } from './ports.ts';

/** A mail as text and as HTML. */
export interface MailText {
  subject: string;
  text: string;
  html: string;
}

interface Part {
  title: string;
  lines: string[];
  link: { url: string; button: string };
}

/** One letter as a mail: what it says, and a link to where it is answered. Nothing is decided by mail. */
export function mailOf({ letter }: Delivery, origin: string): MailText {
  const part = partOf(letter, origin);
  return { subject: part.title, ...bodyOf([part], origin) };
}

/** Several letters as one mail. */
export function mailOfAll(all: readonly Delivery[], origin: string): MailText {
  const parts = all.map(({ letter }) => partOf(letter, origin));
  return { subject: `${parts.length} letters from Stint`, ...bodyOf(parts, origin) };
}

function partOf(letter: Delivery['letter'], origin: string): Part {
  const { subject, lines, path, button } = wordsOf(letter);
  const standing = letter.standing ? [`Now: ${letter.standing.says}`] : [];
  return { title: subject, lines: [...lines, ...standing], link: { url: `${origin}${path}`, button } };
}

const about = 'Sent by Stint. Decide in the portal: nothing can be decided by answering.';

function bodyOf(parts: Part[], origin: string): Pick<MailText, 'text' | 'html'> {
  const settings = `${origin}/notifications/settings`;
  const text = [
    ...parts.map(({ title, lines, link }) =>
      [title, '', ...lines, '', `${link.button}: ${link.url}`].join('\n'),
    ),
    `-- \n${about}\nWhat you are sent: ${settings}\n`,
  ].join('\n\n');
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>',
    '<body style="font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:0;padding:1.5rem">',
    ...parts.map(partHtml),
    `<p style="font-size:13px;margin:2rem 0 0">${escaped(about)} `,
    `<a href="${escaped(settings)}">What you are sent</a></p></body></html>`,
  ].join('');
  return { text, html };
}

function partHtml({ title, lines, link }: Part): string {
  return [
    `<h1 style="font-size:18px;margin:0 0 .5rem">${escaped(title)}</h1>`,
    ...lines.map((line) => `<p style="margin:0 0 .25rem">${escaped(line).replaceAll('\n', '<br>')}</p>`),
    `<p style="margin:.75rem 0 1.5rem"><a href="${escaped(link.url)}"><strong>${escaped(link.button)}</strong></a></p>`,
  ].join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What people typed stays text, and has no addresses that a mail program would open by itself. */
function escaped(text: string): string {
  return text.toWellFormed().replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
