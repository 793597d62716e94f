import { instance } from '@viz-js/viz';
import { trusted, type Html } from '../html/html.ts';
import type { RegionGraph } from './edges.ts';

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/gu, '\\$&')}"`;

/** Kernel functions of an edge, each once, one below the other. */
const labelOf = (functions: readonly string[]): string => [...new Set(functions)].map((name) => `${name}()`).join('\n');

/** A region as a picture in the language of Graphviz; the first state is where it starts. */
export function dotOf({ name, states, unreached, edges }: RegionGraph): string {
  const nodes = states.map((state, i) =>
    unreached.includes(state)
      ? `  s${i} [label="${quoted(state).slice(1, -1)}\\n(never reached)", style="rounded,dashed"];`
      : `  s${i} [label=${quoted(state)}];`,
  );
  const at = (state: string): string => `s${states.indexOf(state)}`;
  const arrows = edges.map(({ from, to, rules }) => {
    const label = labelOf(rules.map((rule) => rule.kernelFunction))
      .split('\n')
      .map((line) => quoted(line).slice(1, -1))
      .join('\\n');
    return `  ${at(from)} -> ${at(to)} [label="${label}"];`;
  });
  return [
    `digraph ${quoted(name)} {`,
    `  graph [rankdir=${states.length > 3 ? 'TB' : 'LR'}, bgcolor="transparent", nodesep=0.6, ranksep=0.9, pad=0.1];`,
    '  node [shape=box, style="rounded,filled", fontname="Courier", fontsize=13, margin="0.18,0.1"];',
    '  edge [fontname="Courier", fontsize=10, arrowsize=0.7];',
    '  start [shape=point, width=0.1, label=""];',
    ...nodes,
    '  start -> s0;',
    ...arrows,
    '}',
  ].join('\n');
}

/** Draws pictures with Graphviz; the same picture is drawn once. */
export class Artist {
  readonly #drawn = new Map<string, Html>();
  readonly #render: (dot: string) => string;

  private constructor(render: (dot: string) => string) {
    this.#render = render;
  }

  /** Starts Graphviz, which is WebAssembly: nothing has to be installed. */
  static async start(): Promise<Artist> {
    const viz = await instance();
    return new Artist((dot) => viz.renderString(dot, { format: 'svg' }));
  }

  /** A region as SVG to stand in a page: without ids, which would occur twice, and with a text for those who cannot see it. */
  draw(graph: RegionGraph): Html {
    const dot = dotOf(graph);
    const before = this.#drawn.get(dot);
    if (before) return before;
    const svg = this.#render(dot)
      .replace(/^[\s\S]*?(?=<svg)/u, '')
      .replaceAll(/<!--[\s\S]*?-->\n?/gu, '')
      .replaceAll(/ id="[^"]*"/gu, '')
      .replaceAll(/<title>[\s\S]*?<\/title>\n?/gu, '')
      // A small picture keeps its size on a narrow screen, a large one shrinks until it has to scroll.
      .replace(/<svg width="(\d+pt)"/u, '<svg style="min-width:min($1, 40rem)" width="$1"')
      .replace('<svg', '<svg role="img" aria-label="states and transitions; the table below says the same"');
    const drawn = trusted(svg);
    this.#drawn.set(dot, drawn);
    return drawn;
  }
}
