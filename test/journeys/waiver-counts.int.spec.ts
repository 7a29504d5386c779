import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

// The third waiver of one condition for one team within twelve months goes to the senior responsible owner. It blocks nothing.

const condition = 'involvement.stages-that-matter-asked';
const clock = new FixedClock('2026-06-01T10:00:00Z');
interface Counted { readonly counts: { readonly condition: string; readonly count: number }[]; readonly toReview: { readonly waiver: string; readonly agreement: string; readonly nth: number }[] }

let here: TestInstallation;
let tenant: string;
beforeAll(async () => {
  here = await openInstallation({ clock });
  tenant = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
}, 60_000);
afterAll(() => here.close());

/** An agreement at whose first gate the condition is waived by somebody outside the team. */
async function waived(title: string, by = 'decision-maker'): Promise<{ journey: Journey; waiver: string }> {
  const [journey, waiver] = [await Journey.opened(here, { title, kind: 'contract', pathway: { id: 'standard', version: 2 }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } }), newId()];
  await journey.did('commissioner', 'ask-waiver', { waiver, condition, planned: 'An evening', offered: 'A letter', whyNot: 'The flood', instead: 'A visit', insteadBy: '2026-07-01', commitment: newId(), expiresOn: '2026-07-01' });
  await journey.did('representative', 'give-view-on-waiver', { waiver, view: 'content', spokenBy: here.person('representative').person, words: 'It was wet.' });
  await journey.did(by, 'waive-condition', { waiver });
  await here.app.get(Consumers).runAll(tenant);
  return { journey, waiver };
}

const counted = async (role = 'auditor') => (await here.as(role).get<Counted>('/api/v1/waivers')).body;
const mailed = async () =>
  (await here.as('senior-responsible-owner').get<{ items: { says: string; agreement: string }[] }>('/api/v1/notifications?limit=200')).body.items.filter(({ says }) => says.startsWith('The third waiver'));
/** Whose review waits in the work of the senior responsible owner, by agreement. */
const workToReview = async () => (await here.as('senior-responsible-owner').get<{ items: { kind: string; agreement: string }[] }>('/api/v1/work?limit=100')).body.items.filter(({ kind }) => kind === 'waiver-review').map(({ agreement }) => agreement);
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('two waivers are counted, the third is told to the senior responsible owner and waits for a review, which ends it', async () => {
  for (const title of ['Meals', 'Visits']) await waived(title);
  expect(await counted()).toMatchObject({ counts: [{ condition, count: 2 }], toReview: [] });
  expect(await mailed()).toEqual([]);
  const { journey, waiver } = await waived('Nights');
  expect(await counted()).toMatchObject({ counts: [{ condition, count: 3 }], toReview: [{ waiver, agreement: journey.id, nth: 3 }] });
  expect((await mailed()).map(({ agreement }) => agreement)).toEqual([journey.id]);
  expect(await workToReview()).toEqual([journey.id]);
  // It blocks nothing: the gate counts the condition as met.
  expect(Object.keys(await journey.gateRefused())).not.toContain(condition);

  const owner = new Visitor(here.origin);
  await owner.signIn(here, 'senior-responsible-owner');
  const page = await owner.get('/agreements/waivers');
  expect([page.status, faultsOf(page)]).toEqual([200, []]);
  expect(text(page)).toContain('3 waivers were given within twelve months; 1 waits for a review.');
  // By name which waits, and how many of which condition were given to whom.
  expect(text(page)).toMatch(/To be reviewed .* Nights Case for change People were asked which stages matter to them Demo commissioner number 3 1 June 2026 How many of which .* People were asked which stages matter to them Demo commissioner 3 1 June 2026/);
  const form = /href="(\/agreements\/[^"]+review-waiver[^"]*)"/.exec(page.html)![1]!.replaceAll('&amp;', '&');
  expect((await owner.get(form)).status).toBe(200);

  await journey.did('senior-responsible-owner', 'review-waiver', { waiver, says: 'The hall floods each spring: book another one.' });
  await here.app.get(Consumers).runAll(tenant);
  expect([(await counted()).toReview, await workToReview()]).toEqual([[], []]);
  // Its agreement shows it for ever, with what was planned, the view beside it and the review.
  const shown = text(await owner.get(`/agreements/${journey.id}`));
  expect(shown).toContain('Where a gate asked for what was not there');
  // In the paper whoever decides reads the representatives in their own words, and whoever dissents in theirs.
  await journey.did('representative', 'record-dissent', { dissent: newId(), dissenter: here.person('representative').person, from: 'decision', words: 'The hall was dry by Monday.' });
  const paperOf = async (role: string) => {
    const reader = new Visitor(here.origin);
    await reader.signIn(here, role);
    return text(await reader.get(`/agreements/${journey.id}/decision-paper`));
  };
  const said = ['are content: “It was wet.”', '“The hall was dry by Monday.”'];
  expect([await paperOf('decision-maker'), await paperOf('finance')].map((paper) => [paper.includes('dissents from'), ...said.map((words) => paper.includes(words))])).toEqual([[true, true, true], [true, false, false]]);
  // Whoever reads them on a page reads them by the API, and nobody else.
  const spokenTo = async (role: string) => (await here.as(role).get<{ items: { of: string; text: string | null }[] }>(`/api/v1/agreements/${journey.id}/words`)).body.items.map(({ of, text: words }) => [of, words]);
  expect(await spokenTo('decision-maker')).toEqual([['dissent', 'The hall was dry by Monday.'], ['view-on-waiver', 'It was wet.']]);
  // An elected member reads who dissents, before calling in what was decided.
  expect(await spokenTo('elected-member')).toEqual([['dissent', 'The hall was dry by Monday.'], ['view-on-waiver', null]]);
  expect(await spokenTo('finance')).toEqual([['dissent', null], ['view-on-waiver', null]]);
  expect((await here.as('provider-admin').get(`/api/v1/agreements/${journey.id}/words`)).status).toBe(404);
  expect(shown).toMatch(/agreed by Demo decision maker; the representatives are content\. Spoken by Demo representative, written down by themselves on 1 June 2026\. .* Planned: An evening .* Why not: The flood Instead: A visit, by 1 July 2026\. Reviewed by Demo senior responsible owner: The hall floods each spring: book another one\./);
  await waived('Mornings');
  expect((await counted()).toReview).toEqual([]);
  expect(await mailed()).toHaveLength(1);
});

test('whoever asked for a waiver or gave it is offered no review of it: neither in their work nor by mail nor on the page, and would be refused it', async () => {
  await waived('Evenings');
  const { journey, waiver } = await waived('Weekends', 'senior-responsible-owner');
  expect((await counted()).toReview).toMatchObject([{ waiver, nth: 6 }]);
  expect([await workToReview(), (await mailed()).length]).toEqual([[], 1]);
  expect(Object.keys(await journey.refused('senior-responsible-owner', 'review-waiver', { waiver, says: 'Fine.' }))).toEqual(['waiver.own-review']);
  const owner = new Visitor(here.origin);
  await owner.signIn(here, 'senior-responsible-owner');
  const page = await owner.get('/agreements/waivers');
  expect([text(page).includes('1 waits for a review.'), page.html.includes('review-waiver')]).toEqual([true, false]);
});

test('nobody sees a count of agreements they may not see', async () => {
  expect(await counted('provider-admin')).toEqual({ counts: [], toReview: [] });
});
