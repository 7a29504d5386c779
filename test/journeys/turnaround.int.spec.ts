import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

// How long sign-offs wait, by discipline, and who holds up what. A view across agreements: it blocks nothing.

const clock = new FixedClock('2026-06-01T10:00:00Z');
interface Read {
  readonly disciplines: { readonly discipline: string; readonly answered: number; readonly median: number | null; readonly slowest: number | null; readonly waiting: number; readonly oldest: number | null }[];
  readonly waiting: { readonly signOff: string; readonly agreement: string; readonly discipline: string; readonly waitsOn: object }[];
}

let here: TestInstallation;
let tenant: string;
let care: Journey;
beforeAll(async () => {
  here = await openInstallation({ clock });
  tenant = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
  care = await Journey.opened(here, { title: 'Night visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } });
}, 60_000);
afterAll(() => here.close());

const read = async (role = 'auditor'): Promise<Read> => {
  await here.app.get(Consumers).runAll(tenant);
  return (await here.as(role).get<Read>('/api/v1/sign-offs/turnaround')).body;
};
const answered = async (discipline: string, signOff: string, outcome: object) =>
  care.did(`approver:${discipline}`, 'sign-off', { signOff, versionRead: (await care.seen()).content[discipline], outcome });
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('from the day it is asked for to the day it is answered, granted or refused, and what waits is told with whoever holds it up', async () => {
  const [first, second, third] = [await care.askedFor('information-governance'), await care.askedFor('equality'), newId()];
  clock.set('2026-06-03T10:00:00Z');
  await answered('information-governance', first, { is: 'granted', conditions: [] });
  await care.did('commissioner', 'request-sign-off', { signOff: third, kind: 'approval', discipline: 'information-governance' });
  clock.set('2026-06-09T10:00:00Z');
  await answered('information-governance', third, { is: 'refused', reason: 'Nobody says where it is kept.' });
  clock.set('2026-06-11T10:00:00Z');
  expect(await read()).toMatchObject({
    disciplines: [
      { discipline: 'equality', answered: 0, median: null, slowest: null, waiting: 1, oldest: 10 },
      { discipline: 'information-governance', answered: 2, median: 4, slowest: 6, waiting: 0, oldest: null },
    ],
    waiting: [{ signOff: second, agreement: care.id, discipline: 'equality', waitsOn: { is: 'role', role: 'approver:equality' } }],
  });
});

test('a page draws it, says it in a sentence, links to each that waits, and gives the table as CSV', async () => {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'commissioner');
  const page = await visitor.get('/agreements/turnaround');
  expect([page.status, faultsOf(page)]).toEqual([200, []]);
  expect(text(page)).toContain('2 sign-offs were answered within twelve months; information governance takes longest: half of its 2 took at most 4 days. 1 waits, the longest for 10 days: equality, on an approver for equality (Demo approver, equality).');
  expect(text(page)).toMatch(/Who holds up what .* Night visits Case for change Approval: equality 10 days An approver for equality \(Demo approver, equality\)/);
  expect(page.html).toContain('<svg class="concordat-took"');
  expect(text(await visitor.get('/agreements'))).toContain('How long sign-offs take');
  const csv = await visitor.get('/agreements/turnaround/export');
  expect([csv.headers.get('content-type'), csv.html.split('\r\n').slice(1, 3)]).toEqual(['text/csv; charset=utf-8', ['equality,0,,,1,10', 'information governance,2,4,6,0,']]);
});

test('what is withdrawn waits no more, nor does anything in an agreement that is put on hold, and a provider’s people see none of it', async () => {
  expect(await read('provider-admin')).toEqual({ disciplines: [], waiting: [] });
  const outside = new Visitor(here.origin);
  await outside.signIn(here, 'provider-admin');
  expect(text(await outside.get('/agreements/turnaround'))).toContain('No sign-off was answered within twelve months. None waits.');
  const [{ signOff = '' } = {}] = (await read()).waiting;
  await care.did('commissioner', 'withdraw-sign-off', { signOff, reason: 'Asked too early.' });
  expect(await read()).toMatchObject({ disciplines: [{ discipline: 'information-governance', answered: 2 }], waiting: [] });
  await care.askedFor('finance');
  expect((await read()).waiting).toHaveLength(1);
  await care.did('commissioner', 'hold', { reason: 'An election.' });
  expect((await read()).waiting).toEqual([]);
});
