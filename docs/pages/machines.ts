import {
  designNames,
  designs,
  entryMachine,
  isOn,
  registrationMachine,
  ruleId,
  waiterMachine,
  type DesignName,
  type MachineDescription,
} from '../../spec/index.ts';
import { html, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import type { Artist } from '../machines/draw.ts';
import { regionGraphs, type RegionGraph } from '../machines/edges.ts';

const machines: readonly { readonly machine: MachineDescription; readonly says: string }[] = [
  {
    machine: entryMachine,
    says: 'The page-table entry of anonymous memory. All regions read the state before the event.',
  },
  { machine: waiterMachine, says: 'A thread that waits for user space.' },
  {
    machine: registrationMachine,
    says: 'What a VMA is registered for, and the life of the descriptor. The checks that REGISTER makes first, such as refusing WP together with RWP, are in the step that calls it: the pictures show what happens once they have passed.',
  },
];

const pathOf = (design: DesignName): string => `machines-${design}.html`;

function chooser(current?: DesignName): Html {
  const items = designNames.map((name) =>
    name === current
      ? html`<li><strong aria-current="page">${name}</strong></li>`
      : html`<li><a href="${pathOf(name)}">${name}</a></li>`,
  );
  return html`<p class="quiet">Draw the machines for:</p>
    <ul class="choose">
      ${items}
    </ul>`;
}

function figure(machine: string, graph: RegionGraph, artist: Artist): Html {
  const rules = graph.edges.flatMap(({ from, to, rules: of }) =>
    of.map(
      ({ id, because }) =>
        html`<tr>
          <td class="nowrap">${from} → ${to}</td>
          <td><code>${id}</code></td>
          <td>${because}</td>
        </tr>`,
    ),
  );
  return html`<figure>
    <h3 id="${machine}-${graph.name}">${graph.name}</h3>
    <figcaption>${graph.says}</figcaption>
    <div class="diagram">${artist.draw(graph)}</div>
    <details>
      <summary>The ${rules.length} ways as rules</summary>
      ${table(`Rules of ${graph.name}`, ['from → to', 'rule', 'because'], rules)}
    </details>
  </figure>`;
}

/** All machines as one design has them, a picture for each region. */
export function designMachinesPage(design: DesignName, artist: Artist): Page {
  const { decisions, says, features } = designs[design];
  const lacks = features.rwp
    ? ''
    : html`<p>
        ${design} has no RWP. Its machines know the functions that serve RWP all the same; no scenario calls them.
      </p>`;
  return {
    path: pathOf(design),
    title: `The machines of ${design}`,
    lead: `${says}.`,
    body: html`${chooser(design)}${lacks}
    ${machines.map(
      ({ machine, says: what }) =>
        html`<section>
          <h2 id="${machine.name}">${machine.name}</h2>
          <p>${what}</p>
          ${regionGraphs(machine, decisions).map((graph) => figure(machine.name, graph, artist))}
        </section>`,
    )}`,
  };
}

/** The rules that not all designs have, and who has them. */
function differingRules(): readonly Html[] {
  const rules = machines.flatMap(({ machine }) =>
    machine.functions.flatMap((of) =>
      of.branches.map((branch) => ({
        id: ruleId(of, branch),
        because: branch.because,
        has: designNames.map((name) => isOn(branch, designs[name].decisions)),
      })),
    ),
  );
  return rules
    .filter(({ has }) => new Set(has).size > 1)
    .map(
      ({ id, because, has }) =>
        html`<tr>
          <th scope="row">
            <code>${id}</code>
            <div class="quiet small">${because}</div>
          </th>
          ${has.map((on) => (on ? html`<td>has it</td>` : html`<td class="quiet">–</td>`))}
        </tr>`,
    );
}

/** What the machines are, which rules the designs do not share, and the way to the pictures. */
export function machinesPage(): Page {
  const regions = machines.flatMap(({ machine }) =>
    machine.regions.map(
      (region) =>
        html`<tr>
          <th scope="row">${machine.name}</th>
          <td>${region.name}</td>
          <td>${region.states.join(', ')}</td>
          <td>${region.says}</td>
        </tr>`,
    ),
  );
  return {
    path: 'machines.html',
    title: 'The machines',
    lead: 'What the model keeps of an entry, of a waiting thread and of a registration, and how kernel functions change it.',
    body: html`${chooser()}
      <p>
        Each machine is a parallel XState machine, each region a small machine of its own. An arrow is labelled with the
        kernel functions that take it; an arrow that no reachable configuration takes is not drawn, nor is one that
        stays where it is.
      </p>
      <h2 id="regions">Regions</h2>
      ${table('Regions', ['machine', 'region', 'states, the first one initial', 'says'], regions)}
      <h2 id="differences">Where the designs differ</h2>
      <p>
        A rule is one branch of a kernel function. These are the rules that some designs have and others lack, as their
        decisions say; a rule that serves an operation which a design does not offer is never taken in it.
      </p>
      ${table('Rules by design', ['rule', ...designNames], differingRules())}`,
  };
}
