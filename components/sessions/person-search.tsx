/** Finds people who are signed in, by a part of their name: the URL is the state. */
export function PersonSearch({ person }: { person: string }) {
  return (
    <form action="/sessions" className="mb-3 flex flex-wrap items-end gap-2">
      <label className="grid gap-0.5 text-soft text-xs" htmlFor="session-person">
        Person
        <input className="input" defaultValue={person} id="session-person" name="person" />
      </label>
      <button className="btn" type="submit">
        Find
      </button>
    </form>
  );
}
