interface Props {
  label: string;
  time: string;
  onTime: (time: string) => void;
}

/** A time of day, as the clock on the wall shows it. */
export function TimeInput({ label, time, onTime }: Props) {
  return (
    <label className="flex items-center gap-2">
      {label}
      <input
        className="input w-auto"
        onChange={(event) => onTime(event.target.value)}
        required
        type="time"
        value={time}
      />
    </label>
  );
}
