/** The word and its sign: a window, partly used. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold text-[15px]">
      <span aria-hidden="true" className="h-2 w-[26px] overflow-hidden rounded-full bg-track">
        <span className="block h-full w-[62%] rounded-full bg-accent" />
      </span>
      Stint
    </span>
  );
}
