/** Text that people wrote, for Slack's mrkdwn: its three control characters escaped, so that nobody is mentioned and nothing linked. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same on one line: what is said beside it cannot be forged in it. */
export function onOneLine(text: string): string {
  return escaped(text.replaceAll(/\s+/g, ' ').trim());
}

/** The same as a quotation, every line of it. */
export function quoted(text: string): string {
  return escaped(text.trim())
    .split(/\r?\n|[\u2028\u2029\v\f]/)
    .map((line) => `>${line}`)
    .join('\n');
}

/** Escaped text of at most so many characters, never cut within an entity. */
export function within(most: number, text: string): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/&[a-z]{0,3}$|[\ud800-\udbff]$/, '')}…`;
}
