import { letterGroups, type PersonalChannel, type Preferences } from '#lib/domain/delivery.ts';
import { groupNames, type LetterSettings } from '#lib/queries/letter-rows.ts';

type Sends = Preferences['sends'];
interface Props {
  sends: Sends;
  channels: LetterSettings['channels'];
  onSends: (sends: Sends) => void;
}

const names: Record<PersonalChannel | 'browser', string> = {
  ...{ mail: 'Mail', slack: 'Slack', teams: 'Teams', browser: 'Browser' },
};

/** Kinds of letters against the ways they may go. A way that reaches nobody is told so, and may be chosen all the same. */
export function WaysTable({ sends, channels, onSends }: Props) {
  const shown = channels.filter(({ name, isSetUp }) => name === 'mail' || isSetUp);
  const ways = [...shown.map(({ name }) => name), 'browser' as const];
  return (
    <>
      <div className="panel overflow-x-auto">
        <table className="w-full border-collapse text-sm" aria-label="Which letters go which way">
          <thead>
            <tr>
              <th className="px-3.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs" scope="col">
                What
              </th>
              {ways.map((way) => (
                <th className="px-2 pt-2.5 pb-1.5 font-normal text-faint text-xs" key={way} scope="col">
                  {names[way]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {letterGroups.map((group) => (
              <tr className="border-line border-t" key={group}>
                <th className="px-3.5 py-2 text-left font-normal" scope="row">
                  {groupNames[group].name}
                  <span className="block text-faint text-xs">{groupNames[group].what}</span>
                </th>
                {ways.map((way) => (
                  <td className="px-2 py-2 text-center" key={way}>
                    <input
                      aria-label={`${groupNames[group].name} by ${names[way]}`}
                      checked={sends[group][way]}
                      className="check"
                      onChange={(event) =>
                        onSends({ ...sends, [group]: { ...sends[group], [way]: event.target.checked } })
                      }
                      type="checkbox"
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="mt-1.5 text-faint text-xs">
        {shown.map((channel) => (
          <li key={channel.name}>
            {names[channel.name]}: {reachOf(channel)}
          </li>
        ))}
      </ul>
    </>
  );
}

function reachOf({ name, isSetUp, address }: LetterSettings['channels'][number]): string {
  if (!isSetUp) return 'not set up here, so nothing is sent by it.';
  if (name === 'mail')
    return address
      ? `to ${address}, as Entra has it.`
      : 'Entra names no mailbox of yours, or Stint has not read it yet: nothing goes by mail.';
  return address ? 'linked.' : 'not linked to an account of yours yet.';
}
