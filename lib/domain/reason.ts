import type { Settings } from './settings.ts';

type Rules = Settings['reasons'];

const rows = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
].concat(['qsdfghjklm', 'wxcvbn', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю']);
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}]/u;
const ticket = /^#?(?:\p{L}[\p{L}\d]*[-_ ]\d+|\p{L}{0,10}\d{3,})$/u;

/**
 * How much a text says: letters, digits and signs as people see them (grapheme clusters), spaces not counted. A
 * character of Chinese, Japanese or Korean counts twice, since it says what takes two letters or more elsewhere.
 */
export function reasonLength(text: string): number {
  const seen = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  const said = seen.filter(({ segment }) => /\S/u.test(segment));
  return said.reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0);
}

/** Why a reason says too little, with what to do; null when it will do. What is empty is not judged here. */
export function reasonFault(typed: string, rules: Rules): string | null {
  const text = plain(typed);
  if (!typed.trim()) return null;
  if (rules.emptyPhrases.some((phrase) => plain(phrase) === text)) {
    return `“${typed.trim()}” says nothing about this task. Say what you will do.`;
  }
  if (rules.refusesNoise && isNoise(text)) {
    return ticket.test(text)
      ? 'A ticket’s number alone is no reason: say in a few words what you will do.'
      : 'This is no reason that anybody could read. Say what you will do.';
  }
  const missing = rules.shortest - reasonLength(typed);
  if (missing <= 0) return null;
  return `A little more, please: ${missing} ${missing === 1 ? 'character' : 'characters'} to go.`;
}

/** Nothing in any language: no letter at all, one letter or word over and over, a row of keys, or a number alone. */
function isNoise(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  const letters = [...text.replaceAll(/\s/g, '')];
  const words = text.split(' ');
  const isOneLetter = letters.length > 2 && new Set(letters).size === 1;
  const isOneWord = words.length > 2 && new Set(words).size === 1;
  return isOneLetter || isOneWord || isKeyRow(letters.join('')) || ticket.test(text);
}

/** Four keys or more beside each other, forwards or back: `asdf`, `poiu`. */
function isKeyRow(text: string): boolean {
  const back = [...text].reverse().join('');
  return text.length > 3 && rows.some((row) => row.includes(text) || row.includes(back));
}

/** Without what does not count: case, width, marks at the ends, more than one space. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[\p{P}\s]+(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])[\p{P}\s]+$/gu, '');
}
