'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { type Theme, themeCookie, themes } from './theme.ts';

const looks = {
  system: { name: 'As the system', Icon: Monitor },
  light: { name: 'Light', Icon: Sun },
  dark: { name: 'Dark', Icon: Moon },
} as const;

/** Light, dark, or as the system has it. Kept in a cookie, so the server paints it right the first time. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [current, setCurrent] = useState(initial);
  const choose = (theme: Theme) => {
    setCurrent(theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers Stint supports.
    document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`;
  };
  return (
    <fieldset className="flex gap-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((theme) => {
        const { name, Icon } = looks[theme];
        return (
          <button
            aria-label={name}
            aria-pressed={theme === current}
            className="grid size-7 place-items-center rounded-md text-soft hover:bg-wash aria-pressed:bg-wash aria-pressed:text-ink"
            key={theme}
            onClick={() => choose(theme)}
            title={name}
            type="button"
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        );
      })}
    </fieldset>
  );
}
