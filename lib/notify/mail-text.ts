import { quoteIn, wordsOf } from '#lib/domain/letter-words.ts';
import type { Delivery } from './ports.ts';

/** A mail as text and as HTML. */
export interface MailText {
  subject: string;
  text: string;
  html: string;
}

interface Part {
  title: string;
  lines: Line[];
  link: { url: string; button: string };
}

/** A line of Stint’s own; or, quoted, what somebody typed, which reads as nothing else. */
interface Line {
  rows: string[];
  isQuoted: boolean;
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
  const quote = quoteIn(letter);
  const rowsOf = (line: string) => line.split(/\r\n|[\n\v\f\r\x85\u2028\u2029]/u).map(flat);
  return {
    title: subject,
    lines: [...lines, ...standing].map((line) =>
      line === quote ? { rows: rowsOf(line), isQuoted: true } : { rows: [flat(line)], isQuoted: false },
    ),
    link: { url: `${origin}${path}`, button },
  };
}

/** On one line, and with no gap in it that would wrap into another. */
function flat(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
}

const about = 'Sent by Stint. Decide in the portal: nothing can be decided by answering.';

function bodyOf(parts: Part[], origin: string): Pick<MailText, 'text' | 'html'> {
  const settings = `${origin}/notifications/settings`;
  const text = [
    ...parts.map(({ title, lines, link }) =>
      [title, '', ...lines.flatMap(inText), '', `${link.button}: ${link.url}`].join('\n'),
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

const inText = ({ rows, isQuoted }: Line) => (isQuoted ? rows.map((row) => `> ${row}`) : rows);

function inHtml({ rows, isQuoted }: Line): string {
  const text = rows.map(escaped).join('<br>');
  return isQuoted
    ? `<blockquote style="margin:0 0 .25rem;padding:0 0 0 .75rem;border-left:3px solid #888">${text}</blockquote>`
    : `<p style="margin:0 0 .25rem">${text}</p>`;
}

function partHtml({ title, lines, link }: Part): string {
  return [
    `<h1 style="font-size:18px;margin:0 0 .5rem">${escaped(title)}</h1>`,
    ...lines.map(inHtml),
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

/** What people typed stays text. An address in it a mail program may still make a link of: it stands in a quote. */
function escaped(text: string): string {
  return text.toWellFormed().replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
