import { expect, test } from '@jest/globals';
import { type Agreement, agreementFold, initialAgreement } from '@concordat/agreement/core';
import { excusedShown } from './excused-shown.js';
import { isAwaited, waivers } from './form/choices.js';
import { Named } from './names.js';

const [id, asker, giver, head] = ['0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2b', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2c', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2d'];
const inNeeds: Agreement = { ...initialAgreement, id, lifecycle: 'open', openedBy: asker, pathway: { id: 'standard', version: 2 }, stage: 'needs', stages: { needs: { enteredAt: '2026-06-01T09:00:00Z', leftAt: null, gate: 'shut' } } };
const after = (agreement: Agreement, type: string, data: object, actor = asker): Agreement =>
  agreementFold.evolve(agreement, { type: `concordat.agreement.${type}.v1`, data, recordedAt: '2026-06-02T09:00:00.000000Z', meta: { actor } } as never);
const turnsOutToBe = (agreement: Agreement, person: string, other: string): Agreement => ({ ...agreement, knownAs: { [person]: { others: [other], ofProvider: false, grants: [], absences: [] } } });
const shown = (agreement: Agreement, today = '2026-06-03') => excusedShown(agreement, undefined, new Named(agreement, new Map()), today);

const waiver = { waiver: 'w', condition: 'involvement.planned', stage: 'needs' };
const asked = after(inNeeds, 'waiver-asked', { ...waiver, team: asker, planned: 'Evenings', offered: 'A lift', whyNot: 'Snow', instead: 'An evening', insteadBy: '2026-09-01', commitment: 'c', expiresOn: '2026-06-30' });
const waived = after(asked, 'condition-waived', { ...waiver, team: asker, countsWith: [] }, giver);

test('whoever answers for a waiver reads on its form what the gate asks, why not, what instead, and the view of the representatives', () => {
  const choice = (of: Agreement) => waivers({ agreement: of, named: new Named(of, new Map()) } as never, isAwaited);
  const onRoute: Agreement = { ...asked, route: { id: 'pa2023-light-touch', version: 2 }, tier: 'standard' };
  const asks = 'Involvement in this stage is planned at Say 3 (engaged) or more, if people said that this stage matters to them.';
  expect(choice(onRoute)).toMatchObject({ is: 'options', options: [{ value: 'w', text: asks, hint: 'Why not: Snow. Instead: An evening, by 1 September 2026. No view of the representatives is on record.' }] });
  expect(choice(after(asked, 'waiver-view-given', { ...waiver, view: 'asked-no-answer', spokenBy: giver }))).toMatchObject({ options: [{ hint: expect.stringMatching(/The representatives were asked and did not answer\.$/) }] });
});

test('a waiver says who spoke for those it concerns, who wrote it down and when', () => {
  const said = (spokenBy: string, writer: string, view = 'object') => shown(after(asked, 'waiver-view-given', { ...waiver, view, spokenBy }, writer)).waivers[0]?.spoken;
  expect([said(head, head), said(giver, head), said(giver, head, 'asked-no-answer')]).toEqual([
    'Spoken by person 1b2d, written down by themselves on 2 June 2026', 'Spoken by person 1b2c, written down by person 1b2d on 2 June 2026', 'Written down by person 1b2d on 2 June 2026',
  ]);
  expect(shown(asked).waivers[0]?.spoken).toBeUndefined();
});

test('a waiver says why it counts no more at its gate, and what to do, as long as the gate was not passed', () => {
  expect(shown(waived).waivers).toMatchObject([{ tag: { text: 'Waived' }, noMore: undefined }]);
  const found = turnsOutToBe(waived, giver, asker);
  expect(shown(found).waivers).toMatchObject([{
    tag: { text: 'Counts no more' },
    noMore: 'Whoever gave it asked for it and opened the agreement, which showed since: it counts no more at this gate. It can be asked for anew, of somebody else outside the team.',
  }]);
  expect(shown({ ...found, stage: 'priorities' }).waivers).toMatchObject([{ tag: { text: 'Waived' }, noMore: undefined }]);
});

test('what a gate may open on says why it opens no gate any more, and that its day is over', () => {
  const proposed = after(inNeeds, 'condition-proposed', { condition: 'g', code: 'facts.present', parameters: { facts: ['eqia'] }, stage: 'needs', discipline: 'equality', what: 'The assessment', dueOn: '2026-08-01' });
  const agreed = ([['decision-maker', giver], ['head-of-discipline', head]] as const).reduce((agreement, [as, person]) => after(agreement, 'condition-agreed', { condition: 'g', as }, person), proposed);
  expect(shown(agreed).conditions).toMatchObject([{ tag: { text: 'Agreed' }, noMore: undefined }]);
  expect(shown(agreed, '2026-08-02').conditions).toMatchObject([{ tag: { text: 'Its last day is over' } }]);
  expect(shown(turnsOutToBe(agreed, giver, head)).conditions).toMatchObject([{
    tag: { text: 'Counts no more' }, noMore: 'One of the two who agreed turned out to be the other, which showed since: no gate opens on it. It can be proposed anew, and others agree.',
  }]);
});
