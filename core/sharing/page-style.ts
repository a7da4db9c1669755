// How an exported page looks: one style sheet within it, light or dark as the system that shows it.
export const pageStyle = `
:root{color-scheme:light dark;--text:#1c2024;--dim:#60646c;--line:#d9d9e0;--page:#fff;--quiet:#f5f5f7;--good:#18794e;--bad:#c62a2f;--mark:#fff3c4}
@media (prefers-color-scheme:dark){:root{--text:#edeef0;--dim:#a5a9b2;--line:#3a3f46;--page:#15171a;--quiet:#1e2125;--good:#4cc38a;--bad:#ff8589;--mark:#4a3b0b}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:24px 20px 64px;background:var(--page);color:var(--text);font:14px/1.5 system-ui,sans-serif}
h1{font-size:20px;margin:0 0 4px}
h2{font-size:15px;margin:32px 0 8px}
h3{font-size:14px;margin:0}
p{margin:4px 0}
.dim{color:var(--dim)}
.failed{color:var(--bad)}
.succeeded{color:var(--good)}
.diagnosis{border-left:3px solid var(--bad);padding:4px 0 4px 12px;margin:8px 0 16px}
.diagnosis.odd{border-color:var(--line)}
.diagram{overflow-x:auto;border:1px solid var(--line);border-radius:6px}
.diagram svg{display:block;max-width:none}
details{border-top:1px solid var(--line)}
details:last-of-type{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:6px 4px;display:flex;gap:12px;align-items:baseline}
summary::marker{color:var(--dim)}
summary .number{color:var(--dim);min-width:2ch;text-align:right;font-variant-numeric:tabular-nums}
summary .title{flex:1}
summary:hover{background:var(--quiet)}
.step{padding:0 4px 12px 36px}
table{border-collapse:collapse;width:100%;margin:4px 0 8px}
caption{text-align:left;color:var(--dim);padding:6px 0 2px}
th,td{text-align:left;vertical-align:top;padding:2px 12px 2px 0;font-weight:400;overflow-wrap:anywhere}
th{color:var(--dim);width:26%}
code,td,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px}
pre{background:var(--quiet);padding:8px 10px;border-radius:4px;overflow:auto;max-height:420px;white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}
mark{background:var(--mark);color:inherit}
a{color:inherit}
:focus-visible{outline:2px solid #3e63dd;outline-offset:2px}
@media print{details{break-inside:avoid}.diagram{overflow:visible;border:0}}
`
