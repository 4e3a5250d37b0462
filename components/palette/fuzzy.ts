/**
 * How well what was typed fits a text: as it stands, best at the beginning of a word, or by the
 * beginnings of its words. null: it does not fit. Words typed may come in any order.
 */
export function fuzzy(typed: string, text: string): number | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const within = text.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const score = wordScore(word, within);
    if (score === null) return null;
    sum += score;
  }
  return sum - within.length / 100;
}

const isStart = (text: string, at: number) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '');

function wordScore(word: string, text: string): number | null {
  const whole = wholeScore(word, text);
  return whole ?? scattered(word, text);
}

/** The word as it is, best at the beginning of one. */
function wholeScore(word: string, text: string): number | null {
  let best: number | null = null;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const score = word.length * 3 + (isStart(text, at) ? 10 : 0) + (at === 0 ? 2 : 0);
    best = Math.max(best ?? 0, score);
  }
  return best;
}

/** Its letters in their order, each beginning a word or next to the one before: `sr` finds Security Reader. */
function scattered(word: string, text: string): number | null {
  let at = 0;
  let score = 0;
  for (const letter of word) {
    const found = text[at] === letter && at > 0 ? at : nextStart(text, letter, at);
    if (found === null) return null;
    score += isStart(text, found) ? 3 : 1;
    at = found + 1;
  }
  return score;
}

function nextStart(text: string, letter: string, from: number): number | null {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (isStart(text, at)) return at;
  }
  return null;
}
