/** How the API page looks; light or dark as the reader's system is. */
export const style = `
:root { color-scheme: light dark; --ground: #fbfaf8; --card: #fff; --text: #1f1e1b; --dim: #6b6860; --line: #e5e2da;
  --code: #f3f1ec; --accent: #b4552d; --get: #1a7f4b; --post: #1f5fbf; --put: #9a6700; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #191816; --card: #211f1d; --text: #ece9e2; --dim: #a09c92;
  --line: #35322e; --code: #2a2825; --accent: #e08a63; --get: #57c98b; --post: #7fb0ff; --put: #e0b14f;
  --delete: #ff8f86; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, sans-serif;
  display: grid; grid-template-columns: 15rem minmax(0, 52rem); gap: 3rem; padding: 0 2rem 6rem; justify-content: center }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 2.5rem 0 2rem }
nav h2 { font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--dim); margin: 1.4rem 0 .3rem }
nav a { display: block; color: inherit; text-decoration: none; padding: .12rem 0; font-size: .87rem }
nav a:hover { color: var(--accent) }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 2.5rem 0 .5rem }
main > h2 { font-size: 1.2rem; margin: 3rem 0 .8rem }
h3 { font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--dim); margin: 1.3rem 0 .4rem }
a { color: var(--accent) }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em }
pre { background: var(--code); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; margin: .4rem 0 }
details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0 }
details:has(:target) { border-color: var(--accent) }
summary { cursor: pointer; padding: .65rem 1rem; display: flex; gap: .8rem; align-items: baseline; flex-wrap: wrap }
summary span { color: var(--dim) }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
details > div { padding: 0 1rem 1rem; border-top: 1px solid var(--line); scroll-margin-top: 4rem }
.method { font-weight: 700; font-size: .78rem; min-width: 3.6rem; color: var(--dim) }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) } .delete { color: var(--delete) }
dl { margin: 0 }
dl div { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: 1rem; padding: .28rem 0; border-top: 1px solid var(--line) }
dl div:first-child { border-top: 0 }
dt { overflow-wrap: anywhere } dd { margin: 0; color: var(--dim); overflow-wrap: anywhere }
dl dl { grid-column: 1 / -1; padding-left: 1.2rem; border-left: 2px solid var(--line) }
.required::after { content: "required"; color: var(--accent); font-size: .74rem; margin-left: .5rem }
@media (max-width: 60rem) { body { display: block; padding: 0 1rem 4rem } nav { display: none }
  dl div { grid-template-columns: 1fr; gap: 0 } }
`
