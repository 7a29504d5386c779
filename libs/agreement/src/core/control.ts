import { refuse } from '@concordat/journal/core';
import { addDays, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { closedAlready, refuseOwner, riskOf, riskOwner, riskUnknown } from './risk.js';
import type { Decide, Evolve } from './topic.js';

/**
 * What may keep a risk down, and after how many days without new proof nobody can say that it still does. People from outside
 * come in monthly; three months without is worth a warning (1-product, section 2). The other figures are practice.
 */
export const controlKinds = {
  'peoples-feedback': 92,
  'people-from-outside': 92,
  supervision: 92,
  training: 366,
  procedure: 366,
  monitoring: 92,
  insurance: 366,
  'other-control': 366,
} as const;
export type ControlKind = keyof typeof controlKinds;
export const controlKindNames = Object.keys(controlKinds) as readonly ControlKind[];

/** What a proof showed. */
export const controlFindings = ['works', 'works-in-part', 'does-not-work'] as const;
export type ControlFinding = (typeof controlFindings)[number];

export interface ControlCommands {
  /** `owner`: the id of the person who sees to it. `title` says what is done and by whom. */
  'add-control': { readonly control: string; readonly risk: string; readonly title: string; readonly kind: ControlKind; readonly owner: string };
  /** `on`: the day it was seen at work, such as the day on which people came in. `owner`: who sees to it from now on, where that is somebody else. */
  'record-control-proof': { readonly control: string; readonly on: CivilDate; readonly finding: ControlFinding; readonly shows: string; readonly owner?: string };
  'end-control': { readonly control: string; readonly reason: string };
}

export interface ControlEvents {
  'concordat.agreement.control-added.v1': ControlCommands['add-control'] & { readonly on: CivilDate };
  'concordat.agreement.control-proved.v1': ControlCommands['record-control-proof'];
  'concordat.agreement.control-ended.v1': ControlCommands['end-control'];
}

/** One control as it stands. */
export interface Control {
  readonly id: string;
  readonly risk: string;
  readonly title: string;
  readonly kind: ControlKind;
  readonly owner: string;
  readonly addedOn: CivilDate;
  /** The latest by its day. */
  readonly proof: { readonly on: CivilDate; readonly finding: ControlFinding; readonly shows: string } | null;
  readonly ended: boolean;
}
/** In the order they were added. */
export type ControlState = readonly Control[];
export const initialControls: ControlState = [];

type Controls = { readonly controls: ControlState };

/** Since when nobody has proved a control: it is no younger than those of its kind, against the same risk, that ended before it without a proof. */
function unprovedSince({ controls }: Controls, { id, risk, kind, addedOn }: Control): CivilDate {
  const before = controls.slice(0, controls.findIndex((one) => one.id === id)).filter((one) => one.risk === risk && one.kind === kind && one.ended);
  return before.slice(before.findLastIndex(({ proof }) => proof !== null) + 1)[0]?.addedOn ?? addedOn;
}

/** The first day on which its last proof, or where there is none its beginning, is too old to say anything. */
export function agesOn(agreement: Controls, control: Control): CivilDate {
  return addDays(control.proof?.on ?? unprovedSince(agreement, control), controlKinds[control.kind] + 1);
}

/** How a control stands today; `new` while nobody has proved it and it is too young for that to be worth a warning. */
export function controlStands(agreement: Controls, control: Control, today: CivilDate): ControlFinding | 'new' | 'aged' | 'ended' {
  if (control.ended) return 'ended';
  if (agesOn(agreement, control) <= today) return 'aged';
  return control.proof?.finding ?? 'new';
}

/** Controls that are there, of risks that are open. */
export function controlsInUse(agreement: Agreement): readonly Control[] {
  return agreement.controls.filter(({ risk, ended }) => !ended && riskOf(agreement, risk)?.closed === false);
}

const unknown = refusal('control.unknown', 'The control was added to a risk of this agreement.', riskOwner('control', 'add-control'));
const over = ({ ended }: Control) => ended && refusal('control.ended', 'The control is in use; one that comes back is added anew.', riskOwner('control', 'add-control'));

export const decide = {
  'add-control': (states, { control, risk: id, title, kind, owner }, { today }) => {
    const { agreement } = states;
    const risk = riskOf(agreement, id);
    const besides = [agreement.controls.some((added) => added.id === control) && alreadySo('the control is there'), ...refuseOwner(owner, states, 'add-control')];
    if (risk === undefined) return refuseUnknown(riskUnknown, besides);
    return unless(
      [closedAlready(risk), ...besides],
      () => [happened(agreement.id, 'concordat.agreement.control-added.v1', { control, risk: id, title, kind, owner, on: today })],
    );
  },

  'record-control-proof': (states, { control: id, on, finding, shows, owner }, { today }) => {
    const { agreement } = states;
    const control = agreement.controls.find((added) => added.id === id);
    const besides = [
      on > today && refusal('control.proof-ahead', 'What is proved has happened.', riskOwner('on', 'record-control-proof')),
      ...(owner === undefined ? [] : refuseOwner(owner, states, 'record-control-proof')),
    ];
    if (control === undefined) return refuseUnknown(unknown, besides);
    return unless(
      [
        over(control),
        ...besides,
        on < control.addedOn && refusal('control.proof-before', 'A control is proved from the day on which it was added.', riskOwner(`on: ${control.addedOn} or later`, 'record-control-proof')),
        control.proof?.on === on && control.proof.finding === finding && control.proof.shows === shows && [undefined, control.owner].includes(owner) && alreadySo('the proof is recorded'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.control-proved.v1', { control: id, on, finding, shows, ...(owner !== undefined && { owner }) })],
    );
  },

  'end-control': ({ agreement }, { control: id, reason }) => {
    const control = agreement.controls.find((added) => added.id === id);
    if (control === undefined) return refuse(unknown);
    return unless([over(control)], () => [happened(agreement.id, 'concordat.agreement.control-ended.v1', { control: id, reason })]);
  },
} satisfies { [C in keyof ControlCommands]: Decide<C> };

const changed = (agreement: Agreement, id: string, change: (control: Control) => Partial<Control>): Agreement => agreementWith(agreement, {
  controls: agreement.controls.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
});

export const evolve = {
  'concordat.agreement.control-added.v1': (agreement, { data: { control: id, risk, title, kind, owner, on } }) => agreementWith(agreement, {
    controls: [...agreement.controls, { id, risk, title, kind, owner, addedOn: on, proof: null, ended: false }],
  }),
  'concordat.agreement.control-proved.v1': (agreement, { data: { control, on, finding, shows, owner } }) =>
    changed(agreement, control, ({ proof, owner: before }) => ({ proof: proof !== null && proof.on > on ? proof : { on, finding, shows }, owner: owner ?? before })),
  'concordat.agreement.control-ended.v1': (agreement, { data: { control } }) => changed(agreement, control, () => ({ ended: true })),
} satisfies { [T in keyof ControlEvents]: Evolve<T> };
