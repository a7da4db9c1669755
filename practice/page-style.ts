// The stylesheet of every practice page, as a string, so that practice has no files to read.
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #ffffff; --ink: #1c2127; --quiet: #565e68; --line: #c9ced6; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15181c; --card: #1e2227; --ink: #eceef1; --quiet: #aab2bc; --line: #414952; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 32px 16px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 460px; margin: 0 auto; padding: 24px 28px 28px; background: var(--card); border: 1px solid var(--line);
  border-top: 4px solid var(--brand); border-radius: 8px; }
.service { margin: 0; font-weight: 650; color: var(--brand); }
.practice { margin: 0 0 20px; color: var(--quiet); font-size: 13px; }
h1 { margin: 0 0 16px; font-size: 20px; line-height: 1.3; font-weight: 650; }
h2, label { display: block; margin: 16px 0 6px; font-size: 13px; font-weight: 600; }
p { margin: 0 0 12px; }
ul { margin: 0; padding: 8px 12px 8px 28px; border: 1px solid var(--line); border-radius: 6px; }
code { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
select, button, input[type="url"] { font: inherit; font-weight: 400; width: 100%; min-height: 40px; padding: 6px 12px; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; }
.decision { display: flex; gap: 12px; margin-top: 24px; }
button { cursor: pointer; font-weight: 600; }
button.main { background: var(--brand); border-color: var(--brand); color: var(--card); }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.hint { margin: 6px 0 0; color: var(--quiet); font-size: 13px; }
h3 { margin: 16px 0 4px; font-size: 14px; }
a { color: var(--brand); }
.after { margin: 20px 0 0; font-size: 13px; }
dl { margin: 0 0 12px; display: grid; grid-template-columns: 140px 1fr; gap: 4px 12px; }
dt { color: var(--quiet); font-size: 13px; }
dd { margin: 0; overflow-wrap: anywhere; }
fieldset { margin: 20px 0 0; padding: 4px 16px 12px; border: 1px solid var(--line); border-radius: 6px; }
legend { padding: 0 6px; font-size: 13px; font-weight: 600; }
.quirk { display: grid; grid-template-columns: 20px 1fr; gap: 10px; align-items: start; margin-top: 12px; }
.quirk input { width: 18px; height: 18px; margin: 1px 0 0; accent-color: var(--brand); }
.quirk label { margin: 0; font-size: 15px; }
.quirk .hint { margin: 0; }
[role="status"] { padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 8px 8px 8px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
`
