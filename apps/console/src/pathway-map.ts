import type { Gate } from '@concordat/agreement';
import type { Agreement, StagePassage } from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import { conditionsFor } from '@concordat/pathway/core';
import type { Named } from './names.js';
import { sourceShown } from './words/register-words.js';
import { timeOf } from './words/say.js';

type State = 'passed' | 'unproven' | 'blocked' | 'ready' | 'waiting';
// A shape a state, so that nothing hangs on colour.
const signs: Readonly<Record<State, string>> = { passed: '✓', unproven: '?', blocked: '✕', ready: '→', waiting: '·' };
const waiting = { state: 'waiting', says: 'waiting' } as const;
/** What a gate is that is not asked now, by what it came to. */
const gates: { readonly [G in StagePassage['gate']]: { readonly state: State; readonly says: string } } = {
  opened: { state: 'passed', says: 'passed' },
  'opened-with-conditions': { state: 'passed', says: 'passed with conditions' },
  'by-reference': { state: 'passed', says: 'passed before the split' },
  'not-evidenced': { state: 'unproven', says: 'before Concordat: not evidenced' },
  'not-asked': { state: 'unproven', says: 'not asked: it came with a later version' },
  refused: waiting,
  shut: waiting,
};
const perRow = 4;
const [width, height] = [230, 96];

/** The pathway with every gate passed, blocked or waiting: places for a picture of rows of four, and the same as rows of a table. */
export function pathwayMap(agreement: Agreement, gate: Gate | undefined, { fixed }: Pick<Named, 'fixed'>) {
  const pathway = pathways.find(agreement.pathway.id, agreement.pathway.version);
  const route = routes.find(agreement.route.id, agreement.route.version);
  const stages = (pathway?.stages ?? []).map(({ id, title, gate: { preliminary } }, at) => {
    const passage = agreement.stages[id];
    const here = id === agreement.stage && agreement.lifecycle !== 'closed';
    const asked = pathway === undefined || route === undefined ? [] : conditionsFor(pathway, route, id, agreement.tier);
    const { state, says } = here && gate !== undefined ? openNow(gate) : gates[passage?.gate ?? 'shut'];
    const row = Math.floor(at / perRow);
    const across = row % 2 === 0 ? at % perRow : perRow - 1 - (at % perRow);
    return {
      title, state, says, here, preliminary,
      sign: signs[state],
      entered: passage?.enteredAt ? timeOf(passage.enteredAt) : undefined,
      left: passage?.leftAt ? timeOf(passage.leftAt) : undefined,
      asks: asked.map((one) => ({ says: fixed(one.asks), source: sourceShown(one.source) })),
      x: across * width + 10,
      y: row * height + 10,
      lines: wrapped(title),
    };
  });
  const passed = stages.filter(({ state }) => state === 'passed').length;
  const now = stages.find(({ here }) => here);
  const rows = Math.ceil(stages.length / perRow);
  return {
    title: pathway?.title ?? agreement.pathway.id,
    headline: `${passed} of ${stages.length} gates are passed${now === undefined ? '.' : `; it stands in ${now.title}, whose gate is ${now.says}.`}`,
    stages,
    box: { width: width - 30, height: height - 34 },
    width: perRow * width,
    height: rows * height,
    joins: stages.slice(1).map((to, at) => joinOf(stages[at]!, to)),
    coming: pathway?.coming ?? [],
  };
}

/** What the gate is that is asked now: by its checklist. */
function openNow({ checklist }: Gate): { readonly state: State; readonly says: string } {
  const unmet = checklist.filter(({ met }) => !met).length;
  return unmet > 0 ? { state: 'blocked', says: `blocked: ${unmet} of ${checklist.length} not met` } : { state: 'ready', says: 'can open' };
}

function joinOf(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }) {
  const [w, h] = [width - 30, height - 34];
  if (from.y !== to.y) return { x1: from.x + w / 2, y1: from.y + h, x2: to.x + w / 2, y2: to.y };
  return from.x < to.x ? { x1: from.x + w, y1: from.y + h / 2, x2: to.x, y2: to.y + h / 2 } : { x1: from.x, y1: from.y + h / 2, x2: to.x + w, y2: to.y + h / 2 };
}

function wrapped(title: string): readonly string[] {
  const lines = [''];
  for (const word of title.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length > 17) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.slice(0, 2);
}
