import Link from 'next/link';
import { useState } from 'react';
import { choiceName, roleTitle, scopeWords } from '#components/roles/role-words.ts';
import { Section } from '#components/ui/section.tsx';
import { inWords } from '#lib/domain/time.ts';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { Arrange } from './arrange.tsx';
import { planOf } from './bundle-plan.ts';
import { byOwnOrder } from './own-order.ts';
import { asksText, startMinutes } from './start-minutes.ts';
import type { Activation } from './use-activation.ts';

interface Props {
  rows: EligibleRow[];
  bundles: Bundle[];
  activation: Activation;
}

/** What is asked for again and again: one press each. Where a rule asks for words, the press leads to them. */
export function AtHand({ rows, bundles, activation }: Props) {
  const [arranging, setArranging] = useState(false);
  const favourites = byOwnOrder(rows);
  return (
    <>
      {favourites.length > 0 && (
        <Section
          aside={
            favourites.length > 1 && (
              <button
                aria-expanded={arranging}
                className="link text-xs"
                onClick={() => setArranging(!arranging)}
                type="button"
              >
                {arranging ? 'Done' : 'Arrange'}
              </button>
            )
          }
          title="Favourites"
        >
          {arranging ? (
            <Arrange rows={favourites} />
          ) : (
            <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2">
              {favourites.map((row) => (
                <Favourite activation={activation} key={row.key} row={row} />
              ))}
            </ul>
          )}
        </Section>
      )}
      {bundles.length > 0 && (
        <Section
          aside={
            <Link className="link" href="/bundles" prefetch={false}>
              Edit
            </Link>
          }
          title="Bundles"
        >
          <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2">
            {bundles.map((bundle) => (
              <BundleCard activation={activation} bundle={bundle} key={bundle.id} rows={rows} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

const card = 'panel flex items-center justify-between gap-3 py-2 pr-2.5 pl-3.5';

function Favourite({ row, activation }: { row: EligibleRow; activation: Activation }) {
  const { main, aside } = roleTitle(row);
  const { plane, name } = scopeWords(row);
  const words = asksText(row);
  const press = () => (words ? activation.open([row]) : activation.atOnce([row]));
  return (
    <li className={card}>
      <div className="min-w-0">
        <p className="font-[550]">
          <bdi>{main}</bdi>
        </p>
        <p className="text-soft text-xs">
          {aside ?? name ?? plane} · {inWords(startMinutes(row))}
        </p>
      </div>
      {row.blocked ? (
        <span className="shrink-0 text-faint text-xs">
          {row.blocked === 'already_live' ? 'on or asked for' : 'needs step-up'}
        </span>
      ) : (
        <Go label={choiceName(row)} onPress={press} pending={activation.pending} words={words} />
      )}
    </li>
  );
}

function BundleCard({
  bundle,
  rows,
  activation,
}: {
  bundle: Bundle;
  rows: EligibleRow[];
  activation: Activation;
}) {
  const { ready, on, not, own } = planOf(bundle, rows);
  const words = ready.some(asksText);
  const how = { own, bundleId: bundle.id };
  const press = () => (words ? activation.open(ready, how) : activation.atOnce(ready, how));
  const parts = [
    `${bundle.roles.length} ${bundle.roles.length === 1 ? 'role' : 'roles'}`,
    on.length > 0 && `${on.length} on already`,
    not.length > 0 && `left out, not yours: ${not.map(choiceName).join('; ')}`,
  ];
  return (
    <li className={card}>
      <div className="min-w-0">
        <p className="font-[550]">
          <bdi>{bundle.name}</bdi>
          {bundle.shared && <span className="font-normal text-faint text-xs"> team</span>}
        </p>
        <p className="text-soft text-xs" title={bundle.roles.map(choiceName).join('\n')}>
          {parts.filter(Boolean).join(' · ')}
        </p>
      </div>
      {ready.length === 0 ? (
        <span className="shrink-0 text-faint text-xs">{on.length > 0 ? 'all on' : 'none is yours'}</span>
      ) : (
        <Go label={bundle.name} onPress={press} pending={activation.pending} words={words} />
      )}
    </li>
  );
}

function Go({
  label,
  words,
  pending,
  onPress,
}: {
  label: string;
  words: boolean;
  pending: boolean;
  onPress: () => void;
}) {
  return (
    <button
      aria-disabled={pending}
      className="btn btn-small shrink-0"
      onClick={() => !pending && onPress()}
      title={words ? 'Opens the form: its rules ask for words' : 'Asks at once, without further questions'}
      type="button"
    >
      Activate{words && '…'}
      <span className="sr-only"> {label}</span>
    </button>
  );
}
