/** The look of the authority's own pages: quiet, system font, light and dark by the browser's wish. */
export const pageStyle = `
:root { --paper: #fff; --ground: #f1f3f6; --ink: #1b1f27; --soft: #5a6372; --line: #d5dae2; --mark: #1f5fbf; --on-mark: #fff; --bad: #a3192b; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1b1f27; --ground: #11141a; --ink: #eceff4; --soft: #a7b0bf; --line: #3a414e; --mark: #8ab4f8; --on-mark: #10131a; --bad: #ff9aa5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 6vh auto; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .25rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; color: var(--soft); }
p.bad { color: var(--bad); font-weight: 600; }
fieldset { margin: 0 0 1rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600; }
.accounts { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .5rem; max-height: 52vh; overflow-y: auto; padding: 4px; }
label { display: flex; gap: .75rem; align-items: center; cursor: pointer; }
.accounts label { padding: .6rem .75rem; border: 1px solid var(--line); border-radius: 8px; }
.accounts label:hover, .accounts label:has(:checked) { border-color: var(--mark); }
.accounts label:has(:focus-visible) { outline: 2px solid var(--mark); outline-offset: 1px; }
.accounts strong, .accounts small { display: block; overflow-wrap: anywhere; }
.accounts small { color: var(--soft); line-height: 1.35; }
input { accent-color: var(--mark); width: 1.1rem; height: 1.1rem; flex: none; }
button, a.button { display: inline-block; margin-top: 1.25rem; padding: .6rem 1.5rem; border: 0; border-radius: 8px; background: var(--mark); color: var(--on-mark); font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible, input:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
.accounts input:focus-visible { outline: none; }
code { overflow-wrap: anywhere; }
iframe { display: none; }
@media (max-width: 40rem) { main { margin: 0; min-height: 100vh; border: 0; border-radius: 0; padding: 1.25rem; } .accounts { max-height: none; } }
`;
