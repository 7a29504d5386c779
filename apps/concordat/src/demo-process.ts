import type { Asked } from '@concordat/access';
import { PathwayCommand, pathways } from '@concordat/pathway';
import type { Pathway } from '@concordat/pathway/core';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Teller } from './teller.js';

/** What the organisation's own process is called. */
export const ownProcess = 'demo-council.neighbourhood';

/** Its first version asks what the shipped one asks. Its second asks no particular way of planning with people of what is done in a neighbourhood. */
function version(number: 1 | 2): Pathway {
  const shipped = pathways.find('standard', 2)!;
  const stages = shipped.stages.map((stage) => (stage.id === 'needs' ? { ...stage, gate: { ...stage.gate, conditions: stage.gate.conditions.filter(({ code }) => code !== 'involvement.planned-as') } } : stage));
  return { ...shipped, id: ownProcess, version: number, title: 'Neighbourhood projects', basedOn: { id: shipped.id, version: shipped.version }, ...(number === 2 && { stages }) };
}

export async function publishProcess(parts: INestApplicationContext, number: 1 | 2, asked: Asked): Promise<void> {
  const outcome: { readonly outcome: string } = await parts.get(CommandBus).execute(new PathwayCommand({ name: 'publish-pathway', pathway: version(number) }, asked));
  if (outcome.outcome !== 'recorded') throw new Error(`The demo’s own process could not be published: ${JSON.stringify(outcome)}`);
}

/** The project that was picked goes on by the second version; the café stays on the first, as nobody moved it. */
export async function moveOnlyOne(moved: Teller): Promise<void> {
  await moved.on(119);
  await moved.did('administrator', { name: 'migrate-pathway', pathway: { id: ownProcess, version: 2 }, reason: 'Neighbours plan as they like: how is theirs to choose.' });
}

export async function tellOfCafe(teller: Teller): Promise<void> {
  await teller.on(87);
  await teller.did('commissioner', { name: 'open-agreement', title: 'Repair café', kind: 'project', pathway: { id: ownProcess, version: 1 }, route: { id: 'in-house' }, value: { amount: '4000.00', currency: 'GBP' }, raises: [] });
}
