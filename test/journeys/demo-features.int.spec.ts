import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../harness/index.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Visitor } from './visitor.js';

// The demo shows each feature: on which page of which agreement, in which words, and to whom.

let here: TestInstallation;
/** The addresses of its agreements, by their titles. */
let agreements: ReadonlyMap<string, string>;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
  here = await openInstallation({ worker: true, history: true });
  const api = here.as('commissioner');
  // What was taken in from a platform is recorded by the worker, after everything that is told before.
  const listed = await eventually(async () => {
    const { items } = (await api.get<{ items: { id: string; title: string }[] }>('/api/v1/agreements?limit=100')).body;
    const online = items.find(({ title }) => title.includes('end of the winter'));
    if (online === undefined) return undefined;
    const said = (await api.get<{ items: object[] }>(`/api/v1/agreements/${online.id}/contributions`)).body.items;
    // The list was read first, and may be behind: the last agreement of the demo is on it.
    return said.length === 2 && items.some(({ title }) => title === 'Home care and support at home') ? items : undefined;
  }, 120_000);
  agreements = new Map(listed.map(({ id, title }) => [title, `/agreements/${id}`]));
}, 240_000);
afterAll(() => here?.close());

const of = (title: string, page = '') => {
  const known = [...agreements].find(([called]) => called.includes(title));
  if (known === undefined) throw new Error(`No agreement of the demo is called like “${title}”.`);
  return `${known[1]}${page}`;
};
const address = (at: At): string => ('page' in at ? at.page : of(at.of, at.tab));

/** A page by its address, or a tab of an agreement. `then`: the first link on it that leads on to what is looked at. */
type At = ({ readonly page: string } | { readonly of: string; readonly tab?: string }) & { readonly as?: string; readonly then?: RegExp };

async function shown(at: At): Promise<string> {
  const called = at.as ?? 'commissioner';
  const visitor = visitors.get(called) ?? new Visitor(here.origin);
  if (!visitors.has(called)) await visitor.signIn(here, called);
  visitors.set(called, visitor);
  const first = await visitor.get(address(at));
  const link = at.then === undefined ? undefined : [...first.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&')).find((href) => at.then!.test(href));
  const { html, status } = at.then === undefined ? first : link === undefined ? { html: '', status: 404 } : await visitor.get(link);
  expect([address(at), status]).toEqual([address(at), 200]);
  return html.slice(html.indexOf('<main')).replace(/<[^>]*>/g, ' ').replaceAll('&#39;', '’').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}

type Row = readonly [feature: string, at: At, says: RegExp];
const [garden, winter, breaks, visits, transport, recovery, mental, children, body, home, framework, ending, prison, prevention, flood] = [
  'A garden', 'temporary accommodation', 'Short-Term Breaks', 'second term', 'Community transport', 'Glasgow', 'Adult Mental Health', 'Community Based Personalised Services for Disabled Children', 'Representative Body', 'Domiciliary', 'Home care framework',
  'end of the winter', 'GP In & Out', 'Early Prevention', 'Beds while',
];
const involvement = (title: string): At => ({ of: title, tab: '/involvement' });
const risk = (title: string): At => ({ of: title, tab: '/risk' });
const signOffs: At = { of: recovery, tab: '/sign-offs' };
const award = (title: string): At => ({ of: title, tab: '/award' });
const delivery = (title: string): At => ({ of: title, tab: '/delivery' });
const value = (title: string): At => ({ of: title, tab: '/value' });
const tree = (title: string): At => ({ of: title, tab: '/tree' });
const overview = (title: string): At => ({ of: title });

const items: Readonly<Record<string, readonly Row[]>> = {
  involvement: [
    ['what people already do', involvement(winter), /Neighbours look in and bring meals\. About 12 people, 30 hours a week/],
    ['that a group wants it off the record', involvement(winter), /They want nothing of it written down/],
    ['which stages matter to whom', involvement(winter), /people without a home: Needs and assets, Design, Sourcing/],
    ['a plan with mode and sub-type: co-commissioning', involvement(garden), /Co-commissioning, Co-financing\./],
    ['co-design', involvement(garden), /Co-design\./],
    ['co-delivery', involvement(garden), /Co-delivery, Co-managing, Co-performing\./],
    ['co-assessment', involvement(garden), /Co-assessment, Co-monitoring, Co-evaluation\./],
    ['Say and Do, planned and reached', involvement(garden), /4 – shared decisions, confirmed .* 3 – people-led .* Say 4, Do 2; 3 people/],
    ['full co-production', involvement(garden), /Full co-production: Say 4/],
    ['resources: a budget', involvement(breaks), /Lives on: £500\. What it costs people: £80/],
    ['resources: nothing, in the group’s own words', involvement(garden), /people who live alone: “the spades are in the shed”/],
    ['an information pack with versions', involvement(breaks), /Version 1 of .* Version 2 of .* Changed: One question about nights was added\. 2 people have its latest version; 1 had an earlier one/],
    ['decision rights, from being informed to deciding', involvement(garden), /may do: be informed.* may do: decide;/],
    ['an invitation accepted, and one declined', involvement(transport), /accepted, answer by .* declined, answer by/],
    ['offered, and nobody wished to', involvement(winter), /Offered, and nobody wished to people without a phone in Route to market/],
    ['carried over', involvement(breaks), /They were asked the same a month ago\. Needs and assets Sourcing It still holds/],
    ['asked before', involvement('Weekends with'), /People of this place were asked about this theme before/],
    ['what was entered for someone, and read back', involvement(breaks), /It was read back to them/],
    ['triage: praise', involvement(home), /Praise\./],
    ['safeguarding: passed on, or to be', involvement(winter), /An allegation about staff: passed on/],
    ['safeguarding: it waits for nobody', involvement(transport), /Pass on: A safeguarding concern of/],
    ['themes and answers with links to what changed', involvement(winter), /Waiting for a first visit Adopted .* Changed: The specification asks for a first visit within two days, on page 3\. DMS\/specification/],
    ['an answer that adopts nothing', involvement(garden), /A pond for the children Not adopted/],
    ['what is out of scope', involvement(garden), /The bus should stop at the gate Out of scope/],
    ['adopted in part, and deferred', involvement(winter), /Answered themselves: adopted in part.* Answered themselves: deferred/],
    ['a sample read by a second person', overview('Emergency Residential'), /One in ten answers .* was checked by a second person\. Met/],
    ['an own answer on request', involvement(winter), /Answered themselves: adopted in part\. Nobody waits a week/],
    ['a closing date, and what came late', involvement(winter), /after it closed/],
    ['feedback: delivered', involvement(winter), /Told: to them/],
    ['feedback: declined, undeliverable, published', involvement(garden), /Told: they did not wish to hear.* Told: there was no way to reach them.* Told: published for everyone/],
    ['an answer rated low and reopened', involvement(home), /Rated low: someone else answers .* Rated 1\.0 of 5/],
    ['rated low again: it stands', involvement(garden), /Answered; contributor not satisfied/],
    ['a commitment kept, and one overdue', involvement(breaks), /light over the door of the hall\. Kept .* We will write to everyone who came\. Overdue/],
    ['a commitment broken', involvement(winter), /ten lockers into the hall\. Broken/],
    ['hours', involvement(garden), /20 hours given/],
    ['payment offers, each answered otherwise', involvement(breaks), /£20 Accepted .* Wants less: £10 .* Gives it to The food bank .* £20 Declined/],
    ['dissent', involvement(breaks), /Dissent, which nobody can take away .* The evaluation Sourcing/],
    ['asked, and nobody dissents', involvement(winter), /It was asked, and nobody dissents, in: Sourcing/],
    ['the confirmation question', involvement(winter), /4 – shared decisions, confirmed/],
    ['unconfirmed, and printed so', involvement(breaks), /3 – engaged, unconfirmed/],
    ['reach', involvement(garden), /1 of 2 groups affected was heard\. 4 people took part/],
    ['a reversal notice', involvement(breaks), /Undone on .*: The hospital took its nurse back\. Everyone whose word it was knows/],
    ['a reversal beyond the end', involvement(visits), /Adopted in an earlier agreement .* Undone on .*: The worker for weekends left/],
    ['effort without result by cause: undone', involvement(breaks), /What was adopted was undone 1/],
    ['effort without result: cancelled by us', involvement(winter), /Cancelled by us 2/],
    ['the contributors’ own view', involvement(home), /In their own view: 1 of 2 people who said so was heard, 0 partly, 1 not; 1 had been asked the same before/],
    ['Say and Do over time', { page: '/agreements/involvement' }, /From engagement to co-production.* Quarter Stages/],
    ['stuck', { page: '/agreements/involvement' }, /1 agreement is stuck.* Early Prevention/],
    ['a platform’s export, entry by entry', { of: ending, tab: '/involvement', then: /\/activities\/[^/]+\/import$/, as: 'facilitator' }, /decidim-proposals\.json.* 3 .*2/],
    ['you said, we did', { of: breaks, tab: '/you-said-we-did' }, /3 more themes were raised by fewer than five people/],
  ],
  gates: [
    ['each tier: small', overview(garden), /Project, small tier/],
    ['standard', overview(body), /Contract, standard tier/],
    ['major, after the step up', overview(transport), /Contract, major tier/],
    ['what is asked, met and not met, and who supplies it', overview(transport), /6 of 8 are not met yet.* from a commissioner/],
    ['what does not apply', overview(flood), /Does not apply: No standstill is mandatory/],
    ['a waiver agreed, with the view beside it', overview(transport), /Waived .* agreed by Demo decision maker; the representatives are content if something is done/],
    ['its review', overview(transport), /Reviewed by Demo senior responsible owner/],
    ['a waiver refused', overview(transport), /Refused .* the representatives object/],
    ['a waiver that ran out, and a view nobody gave', overview(transport), /Its last day is over .* the representatives were asked and did not answer/],
    ['every waiver of the organisation', { page: '/agreements/waivers' }, /2 waivers were given within twelve months/],
    ['a gate opened with conditions, renewed once', overview(transport), /gate opened with conditions .* renewed once, until/],
    ['a gate refused', overview(transport), /its gate was refused/],
    ['urgent, with its ground', overview(flood), /Extreme and unavoidable urgency/],
    ['late by us', overview(transport), /Late by us The case for change was written two months later than planned/],
    ['a return', { of: winter, tab: '/history' }, /The report leaves out March, when it was fullest/],
    ['a hold', { of: prison, tab: '/history' }, /The weeks before an election/],
    ['taken over, earlier gates not evidenced', overview(framework), /not evidenced/],
    ['what the public record says beyond its gates', award('Emergency Residential'), /it shows “Award”\. Ahead of the gates/],
  ],
  risk: [
    ['a register, three ways', risk(mental), /12, high \(3 × 4\) 4, moderate \(1 × 4\) 8, high \(2 × 4\)/],
    ['inherent, current and target', risk(mental), /16, extreme \(4 × 4\) 12, high \(3 × 4\) 4, moderate \(1 × 4\)/],
    ['an opportunity', risk(mental), /Whoever visits stays for tea/],
    ['an opportunity that was taken', risk(children), /It was taken/],
    ['prompts of co-production’s own risks', risk(mental), /Does not arise here: Whoever gives more than an hour a week is paid.* Named: “One volunteer holds the keys of everybody”/],
    ['matrix, domains and appetite as configuration', { page: '/risk-settings' }, /Those who give their time Moderate/],
    ['the matrix with the appetite line', risk(mental), /beyond the thick line, lie above that appetite/],
    ['people from outside who come in, with proof that ages', risk(mental), /People from outside who come in.* Too old since/],
    ['a control that works in part', risk(children), /The rota is read through every Monday Works in part/],
    ['a panel’s advice, its dissent and what became of it', risk(mental), /3 advised this, 1 would not.* It costs the day visits\. Followed in part by Demo decision maker/],
    ['an incident', risk(mental), /Nobody answered the bell on a Sunday evening.* Its risk is to be scored anew/],
    ['escalation: it waits', risk(mental), /Above the appetite The senior responsible owner is to see it/],
    ['escalation: it was seen', risk(children), /Seen by Demo senior responsible owner .* when it was high/],
  ],
  'statements and sign-offs': [
    ['content', { of: body, tab: '/risk', then: /\/statements\// }, /Content Asked on .* of a body led by users \(easy read\)\. Someone to stand by them was offered/],
    ['a fallback, with why', { of: garden, tab: '/risk', then: /\/statements\// }, /Content if … Asked on .* of an advocate \(spoken, because: The carers’ centre is shut in summer\)/],
    ['cannot say', risk(garden), /The community Cannot say/],
    ['asked twice, no answer', risk(garden), /The public Asked twice, no answer/],
    ['an objection that waits', risk(prison), /Objects .* The objection waits for a reply/],
    ['the ground of an urgency on the paper that whoever decides reads', { of: flood, tab: '/decision-paper' }, /Urgent: Extreme and unavoidable urgency, .* The dam was declared unsafe on Sunday; nobody could have known\. The service starts on /],
    ['late by us, on the paper', { of: transport, tab: '/decision-paper' }, /Late by us: The case for change was written two months later than planned\. Known since /],
    ['an objection and its reply on the first page of the paper', { of: mental, tab: '/decision-paper' }, /Nobody should be alone at night because a van is late.* Reply of Demo decision maker.* Read by Demo panel chair/],
    ['what people decided, for whoever decides', { of: garden, tab: '/decision-paper' }, /What people decided: Beans and a bench, and no lawn\. \(/],
    ['an acceptance', { of: prevention, tab: '/sign-offs' }, /Acceptance for the controller: information governance/],
    ['staleness', { of: prevention, tab: '/sign-offs' }, /Stale: what it rests on has changed/],
    ['a quorum with a veto', signOffs, /2 of these 2: Demo approver, finance \(may veto\), Demo finance/],
    ['a condition with a day, met', signOffs, /Condition: What the second year costs is written down, by .* \(met\)/],
    ['a delegation in an absence', signOffs, /Demo approver, information governance for Demo approver, equality: granted/],
    ['expiry', signOffs, /Lapsed: its last day is over/],
    ['renewal', { of: recovery, tab: '/history' }, /Review of the envelope/],
    ['refusal, and withdrawal', signOffs, /Withdrawn .* Refused .* Nobody says who prescribes at night/],
    ['requested by anyone', signOffs, /Asked for in Case for change by Demo representative/],
    ['a second person over an overlap', signOffs, /read by Demo panel chair, because whoever signed declared another interest/],
  ],
  'decisions and law': [
    ['a decision with its notice, meeting and call-in, and since when it is in force', award(body), /Decided by Cabinet, minute .* notice of the meeting on .* A key decision, announced on .* Call-in .* In force from/],
    ['what was weighed, on which version', award(body), /What was weighed What people said, the price, and the risk of being alone at night/],
    ['a standstill', award(body), /with a voluntary standstill of 8 working days/],
    ['a challenge', award(body), /A complaint of Second Demo Provider, received on .* The award stands/],
    ['publication, withheld and let go', award(body), /Withheld on .*let go on/],
    ['a consultation log: a breach', award(transport), /The log shows 1 thing to look at\. Breach: People have 42 days/],
    ['the warning before it', award(transport), /Warning: People have 21 days/],
    ['the questions a named person answers', award(transport), /What was still open\?.* Whether one books at all, and who takes the calls/],
    ['options', award(children), /Everybody comes to one hall: not preferred/],
    ['routes as documents', { page: '/pathways' }, /Provider Selection Regime: urgent award/],
    ['figures with their source, unverified ones marked', { page: '/routes/psr-most-suitable-provider/2' }, /Not all of this was verified.* To be verified/],
    ['the ground of a route', overview(transport), /below threshold \(A contract for light touch services/],
    ['a partner body with its share', overview(body), /Demo Health Board.* £6,000/],
  ],
  'agreement trees': [
    ['a contract', overview(body), /Contract, standard tier/],
    ['a grant', overview('Lunch club'), /Grant, small tier/],
    ['a framework', overview(framework), /Framework, standard tier/],
    ['a call-off', overview('Winter visits'), /Call-off, /],
    ['a placement', overview('Placement 2'), /Placement, /],
    ['a project', overview(garden), /Project, small tier/],
    ['a split into lots, with a consortium', tree(children), /It was split into 2 contracts.* First Demo Provider \(leads\), Second Demo Provider \(subcontractor\) £330,000 .* Second Demo Provider \(leads\), First Demo Provider \(member\)/],
    ['call-offs within what the framework is worth', tree(framework), /Called off £81,000 Left £519,000 How many 3 of at most 40 People placed 4 people/],
    ['a placement as a count and a rate', tree('Placement 2'), /3 people, at £22\.40 for each hour/],
    ['one ended, which touches no other', tree(framework), /Summer visits Call-off What is called off Cancelled/],
    ['what a renewal carries on', involvement(visits), /Made in an earlier agreement/],
    ['renews', tree(visits), /Renews Domestic Abuse/],
    ['ends', tree(ending), /Ends Winter visits/],
  ],
  'delivery and value': [
    ['a payment that was corrected', delivery(body), /£14,250 on .*: Invoice of the first month.* Two figures were swapped\. Before: £14,520/],
    ['an obligation met, and one overdue', delivery(body), /A report on every month.* Overdue/],
    ['a KPI with both figures, n, question and method', delivery(body), /96% Call log 71% \(n=34\) “Do they come when they said they would\?” By telephone.* Difference to discuss/],
    ['a difference that was discussed', delivery(winter), /Difference, discussed/],
    ['cycles', delivery(winter), /Ended on .* People were asked/],
    ['a review meeting with its actions', delivery(winter), /Minutes: Minutes of the winter review\. .*Done Write into the night book/],
    ['an agenda from the data', delivery(body), /To talk about next: Difference: /],
    ['a provider’s concern, answered', delivery(winter), /The heating fails on two nights in ten.* Answered on/],
    ['a variation with its two questions', delivery(winter), /What must people be asked again\?.* Is it permitted\? Permitted: Light touch/],
    ['an extension as a decision', delivery(winter), /One more winter Carried out Until 31 March 2027.* Agreed on .* by Cabinet/],
    ['exit, and people without an arrangement', delivery(winter), /31 people use the service .* 4 without an arrangement/],
    ['staff who pass over', delivery(winter), /9 members of staff pass to another employer/],
    ['registrations, visits, rates and funding', delivery(body), /Public liability, £10 million.* unannounced.* £25\.30.* £180,000/],
    ['an outcome pathway, too early to say', value(body), /Too early to say/],
    ['links measured', value(winter), /Reached .* Nearer/],
    ['three views that differ', value(winter), /They differ/],
    ['benefits, potential and observed', value(winter), /1 of 2 benefits is observed/],
    ['cost per unit of one outcome with hours beside', value(winter), /£337\.50 8\.8 Hours rose, and most of those who give them would rather not/],
  ],
  pathways: [
    ['every shipped process', { page: '/pathways' }, /call-off .* decommission .* extend-or-vary .* grant .* placement .* standard .* urgent/],
    ['one that was published here, in two versions', { page: '/pathways', as: 'administrator' }, /Neighbourhood projects demo-council\.neighbourhood .* Version 1 of Neighbourhood projects , Version 2 of Neighbourhood projects/],
    ['what the next version asks no more', { page: '/pathways/demo-council.neighbourhood/2' }, /Asked no more \(standard, major\): Involvement in this stage is planned as co-planning/],
    ['simulated over live agreements', { page: '/pathways/demo-council.neighbourhood/2/simulation', as: 'administrator' }, /Repair café/],
    ['one that was migrated', { of: garden, tab: '/history' }, /Neighbourhood projects, version 2/],
    ['one that stays pinned', { of: 'Repair café', tab: '/pathway' }, /Neighbourhood projects/],
    ['standard version 2 for what began on 1', { of: recovery, tab: '/history' }, /Standard commissioning, version 2/],
    ['its map', { of: winter, tab: '/pathway' }, /9 of 11 gates are passed/],
    ['on the way through decommission', overview(ending), /Dialogue gate opened Options with users and provider is here/],
    ['extend-or-vary', overview('Telecare'), /What is to change is here/],
    ['urgent', overview(flood), /Before the start is here/],
  ],
};

test.each(Object.entries(items))('%s: each feature is there, on its page', async (_, rows) => {
  const missing: string[] = [];
  for (const [feature, at, says] of rows) {
    const text = await shown(at);
    if (!says.test(text)) missing.push(`${feature}: ${address(at)} does not say ${String(says)}`);
  }
  expect(missing).toEqual([]);
}, 120_000);
