'use client';

import { useState } from 'react';
import { QueueKeys } from '#components/approvals/queue-keys.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { ItemFilter, ItemRow, Progress } from '#lib/queries/review-rows.ts';
import { DeskBar } from './desk-bar.tsx';
import { itemGroups } from './item-groups.ts';
import { ItemLine } from './item-line.tsx';
import { type ItemVerbs, useDesk } from './use-desk.ts';

interface Props {
  campaignId: string;
  isOpen: boolean;
  rows: ItemRow[];
  order: ItemFilter['order'];
  progress: Progress;
  verbs: ItemVerbs;
}

/** The items of one page, grouped, each decided on its own or several at once. */
export function ItemsDesk({ campaignId, isOpen, rows, order, progress, verbs }: Props) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const desk = useDesk();
  const chosen = rows.filter(({ id }) => selected.has(id));
  const select = (ids: string[], on: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      for (const id of ids) on ? next.add(id) : next.delete(id);
      return next;
    });
  return (
    <>
      <div className="panel overflow-hidden">
        <table
          {...stacked.table}
          aria-label="Items"
          className="block w-full border-collapse lg:table lg:table-fixed"
        >
          <thead {...stacked.body} className="sr-only">
            <tr {...stacked.row}>
              {[order === 'person' ? 'Role' : 'Held by', 'What is known', 'Decision'].map((head) => (
                <th {...stacked.head} key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          {itemGroups(rows, order).map(({ key, name, rows: own }) => {
            const ids = own.map(({ id }) => id);
            return (
              <tbody {...stacked.body} className="block lg:table-row-group" key={`${key} ${ids[0]}`}>
                <tr {...stacked.row} className="block border-line border-t bg-paper lg:table-row">
                  <th
                    {...stacked.rowHead}
                    className="block px-3.5 py-1.5 text-left font-semibold text-sm lg:table-cell"
                    colSpan={3}
                    scope="rowgroup"
                  >
                    <span className="flex items-center gap-1.5">
                      {isOpen && (
                        <input
                          aria-label={`All of ${name}`}
                          checked={ids.every((id) => selected.has(id))}
                          className="check shrink-0"
                          onChange={(event) => select(ids, event.target.checked)}
                          type="checkbox"
                        />
                      )}
                      <bdi className="min-w-0">{name}</bdi>
                      <span className="font-normal text-faint text-xs">
                        {order === 'person' && own[0] && `${principalKindNames[own[0].principalKind]} · `}
                        {own.length}
                      </span>
                    </span>
                  </th>
                </tr>
                {own.map((row) => (
                  <ItemLine
                    campaignId={campaignId}
                    desk={desk}
                    isOpen={isOpen}
                    isSelected={selected.has(row.id)}
                    key={row.id}
                    onSelect={(on) => select([row.id], on)}
                    order={order}
                    row={row}
                    verbs={verbs}
                  />
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
      {isOpen && (
        <DeskBar
          campaignId={campaignId}
          chosen={chosen}
          desk={desk}
          onDone={() => setSelected(new Set())}
          progress={progress}
          verbs={verbs}
        />
      )}
      {isOpen && <QueueKeys queue={rows.map(({ id, version }) => `${id}${version}`).join()} />}
    </>
  );
}
