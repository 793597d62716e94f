/**
 * The stylesheet of every page: no fonts, no scripts and no files from elsewhere.
 *
 * The four verdicts differ by word, sign, border and fill, so that they stay apart without colour.
 */
export const style = `
:root { --ink:#1b1f24; --soft:#57606a; --paper:#fff; --panel:#f6f8fa; --line:#d0d7de; --link:#0550ae;
  --holds:#1a6b35; --violated:#b3001b; --violated-fill:#ffe9ea; --vacuous:#7a4b00; --vacuous-fill:#fff6dd; --incomplete:#5a32a3; }
@media (prefers-color-scheme: dark) {
  :root { --ink:#e3e8ee; --soft:#9aa5b1; --paper:#0f1317; --panel:#181e25; --line:#343d47; --link:#79b8ff;
    --holds:#6fd08c; --violated:#ff8f94; --violated-fill:#3d1519; --vacuous:#e9be62; --vacuous-fill:#332806; --incomplete:#c3a6ff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin:0; background:var(--paper); color:var(--ink); font:16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", Arial, sans-serif; }
header { border-bottom:1px solid var(--line); background:var(--panel); }
nav, main { max-width:78rem; margin:0 auto; padding:0 1.25rem; }
nav { display:flex; flex-wrap:wrap; gap:.2rem 1.1rem; padding-top:.7rem; padding-bottom:.7rem; }
nav a { text-decoration:none; } nav a[aria-current] { color:var(--ink); font-weight:600; border-bottom:2px solid currentColor; }
main { padding-bottom:4rem; }
h1 { font-size:1.9rem; line-height:1.2; margin:1.8rem 0 .4rem; } h2 { font-size:1.3rem; margin:2.4rem 0 .5rem; } h3 { font-size:1.05rem; margin:1.6rem 0 .4rem; }
h1, h2, h3 { scroll-margin-top:1rem; overflow-wrap:anywhere; } p, main > ul, main > ol, section > ul { max-width:68ch; } .lead { font-size:1.1rem; color:var(--soft); margin-top:0; }
a { color:var(--link); text-underline-offset:.15em; } a:hover { text-decoration-thickness:2px; }
:focus-visible { outline:2px solid var(--link); outline-offset:2px; }
code, pre, .mono { font-family:ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size:.875em; }
pre { background:var(--panel); border:1px solid var(--line); border-radius:6px; padding:.8rem 1rem; overflow-x:auto; line-height:1.45; }
.scroll { overflow-x:auto; margin:.8rem 0 1.4rem; border:1px solid var(--line); border-radius:6px; }
table { border-collapse:collapse; width:100%; font-size:.92rem; }
th, td { text-align:left; vertical-align:top; padding:.4rem .7rem; border-bottom:1px solid var(--line); }
tbody tr:last-child > * { border-bottom:0; } thead th { background:var(--panel); white-space:nowrap; }
tbody th { font-weight:600; background:var(--paper); } .scroll tbody th:first-child { position:sticky; left:0; min-width:9rem; border-right:1px solid var(--line); }
.quiet { color:var(--soft); } th .quiet { font-weight:400; } .small { font-size:.85rem; } .nowrap { white-space:nowrap; }
.verdict { display:inline-block; white-space:nowrap; padding:0 .5em; margin:.1rem 0; border-radius:4px; border:1.5px solid; font-size:.85rem; line-height:1.5; text-decoration:none; }
.holds { color:var(--holds); border-color:transparent; }
.violated { color:var(--violated); background:var(--violated-fill); border-color:currentColor; font-weight:700; }
.vacuous { color:var(--vacuous); background:var(--vacuous-fill); border-style:dashed; border-color:currentColor; }
.incomplete { color:var(--incomplete); border-style:dotted; border-color:currentColor; font-style:italic; }
a.verdict:hover { text-decoration:underline; }
ul.plain { list-style:none; padding:0; margin:0; }
ol.trace { list-style:none; margin:1rem 0; padding:0; border-top:1px solid var(--line); }
ol.trace > li { display:grid; grid-template-columns:2.2rem 6rem minmax(0,1fr); gap:0 .8rem; padding:.4rem 0; border-bottom:1px solid var(--line); }
ol.trace .n { text-align:right; color:var(--soft); font-variant-numeric:tabular-nums; } ol.trace .actor { font-weight:600; }
ol.trace .changes { margin:.2rem 0 0; padding:0; list-style:none; } .entry { font-weight:600; } .ghost { color:var(--soft); }
.claim { border-left:4px solid var(--violated); padding:.3rem 0 .3rem 1rem; font-size:1.1rem; max-width:70ch; }
.cards { display:grid; gap:1rem; grid-template-columns:repeat(auto-fit, minmax(17rem, 1fr)); padding:0; list-style:none; max-width:none !important; }
.cards > li { border:1px solid var(--line); border-radius:8px; padding:1rem 1.1rem; background:var(--panel); } .cards ul { padding-left:1.1rem; margin:.5rem 0 0; } .cards code { overflow-wrap:anywhere; font-size:.78em; } .cards h3 { margin:.1rem 0 .4rem; } .cards p { margin:.3rem 0; }
.choose { display:flex; flex-wrap:wrap; gap:.4rem; padding:0; list-style:none; max-width:none !important; } .choose a, .choose strong { display:block; padding:.15rem .7rem; border:1px solid var(--line); border-radius:99px; text-decoration:none; }
.choose strong { background:var(--ink); color:var(--paper); border-color:var(--ink); }
figure { margin:1rem 0; } .diagram { overflow-x:auto; border:1px solid var(--line); border-radius:6px; padding:1rem; } .diagram svg { display:block; max-width:100%; height:auto; }
.diagram text { fill:var(--ink); font-family:ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; } .diagram .edge text { fill:var(--soft); }
.diagram .node ellipse { fill:var(--ink); stroke:var(--ink); } .diagram .node path, .diagram .node polygon { stroke:var(--ink); fill:var(--panel); } .diagram .edge path { stroke:var(--soft); } .diagram .edge polygon { stroke:var(--soft); fill:var(--soft); }
figcaption, summary { color:var(--soft); } details { margin:.6rem 0; } summary { cursor:pointer; }
pre.wrap { white-space:pre-wrap; overflow-wrap:anywhere; } .what code { margin-right:.4rem; }
.says { min-width:22rem; font-weight:400; }
@media (max-width:40rem) { .says { min-width:0; } .scroll tbody th:first-child { position:static; } ol.trace > li { grid-template-columns:2rem minmax(0,1fr); } ol.trace .actor { grid-column:2; } ol.trace .what { grid-column:2; } }
@media print { header { display:none; } .scroll, .diagram, pre { overflow:visible; } }
`;
