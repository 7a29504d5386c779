import { expect, test } from '@jest/globals';
import { initialAgreement } from '@concordat/agreement/core';
import { Named } from './names.js';
import { codeOf, roleOf } from './words/say.js';

const provider = '5f1c2d3e-0000-4000-8000-000000000001';
const named = new Named(undefined, new Map([[provider, 'First Demo Provider']]));

test('an id is called by its name, and one that nothing names by its end', () => {
  expect(named.in(`acceptance by provider-${provider}`)).toBe('acceptance by First Demo Provider');
  expect(named.in(`${provider}, 5f1c2d3e-0000-4000-8000-00000000abcd`)).toBe('First Demo Provider, person abcd');
});

test('within a list of things, what has no name is left out beside what says what it is, people are called, and an organisation by its name', () => {
  const another = '5f1c2d3e-0000-4000-8000-00000000abcd';
  expect(named.said([{ agreement: another, lot: 'North', lead: provider }], 'lots')).toBe('Lot: North; Lead: First Demo Provider');
  expect(named.said({ author: another, says: 'Yes' }, 'word')).toBe('Who said it: person abcd; Says: Yes');
  expect(named.said({ agreement: another }, 'to')).toBe('Agreement: person abcd');
  expect(named.said({ tenant: another, slug: 'north', name: 'Northshire' }, 'to')).toBe('Northshire');
});

test('days in a list are written as people write them', () => {
  expect(named.said(['2026-10-21', '2026-10-22'], 'asked')).toBe('21 October 2026; 22 October 2026');
});

test('the number of an OCDS process stands as it is, whatever it ends with', () => {
  for (const number of [`ocds-b5fd17-${provider}`, `ocds-b5fd17-cc96f1ca-ddd8-4256-acad-f5b5c41cf369`]) expect(named.said(`Taken from ${number}.`, 'facts.description')).toBe(`Taken from ${number}.`);
});

test('a process and a route are called by their titles, in the version that is meant', () => {
  expect(named.said({ id: 'grant', version: 1 }, 'pathway')).toBe('Grant decided by a residents\' panel, version 1');
  expect(named.said({ id: 'pa2023-light-touch', version: 1 }, 'route')).toBe('Procurement Act 2023: light touch, version 1');
});

test('a sentence speaks of stages by their titles, and leaves words that are no stage', () => {
  const inNeeds = new Named({ ...initialAgreement, pathway: { id: 'standard', version: 2 } }, new Map());
  expect(inNeeds.in('The agreement stands in the stage needs.')).toBe('The agreement stands in “Needs and assets”.');
  expect(inNeeds.in('a budget for involvement in priorities')).toBe('a budget for involvement in “Priorities”');
  expect(inNeeds.in('someone who takes part in evenings')).toBe('someone who takes part in evenings');
});

test('a concern is called by what it is and its day, with one article', () => {
  const concerns = [{ id: provider, kind: 'safeguarding-concern', raisedOn: '2026-10-17' }, { id: '5f1c2d3e-0000-4000-8000-000000000002', kind: 'allegation-about-staff', raisedOn: '2026-10-18' }] as never;
  const agreement = new Named({ ...initialAgreement, contributions: { ...initialAgreement.contributions, concerns } }, new Map());
  expect([agreement.of(provider), agreement.of('5f1c2d3e-0000-4000-8000-000000000002')]).toEqual(['a safeguarding concern of 17 October 2026', 'an allegation about staff of 18 October 2026']);
});

test('who made a quality visit is said in words', () => {
  expect([named.said('both', 'visitors'), named.said('officers', 'visitors')]).toEqual(['Officers, and people from outside', 'Officers']);
});

test('those who use a service are called as the organisation calls them, wherever their code stands; other groups as ever', () => {
  const statements = [{ id: provider, group: 'service-users', askedOn: ['2026-10-17'] }] as never;
  const agreement = { ...initialAgreement, statements };
  const says = (of: Named) => [of.code('service-users'), of.group('service-users'), of.role('service-users'), of.said(['service-users', 'carers'], 'bearers'), of.of(provider), of.in('someone who speaks for service-users')];
  expect(says(new Named(agreement, new Map(), undefined, { serviceUsers: 'people who draw on NHS care' }))).toEqual([
    'People who draw on NHS care', 'people who draw on NHS care', 'people who draw on NHS care', 'People who draw on NHS care; Carers',
    'the view of people who draw on NHS care asked on 17 October 2026', 'someone who speaks for people who draw on NHS care',
  ]);
  const asShipped = new Named(agreement, new Map());
  expect(says(asShipped).slice(0, 3)).toEqual([codeOf('service-users'), 'people who use the service', roleOf('service-users')]);
  const tenants = new Named(agreement, new Map(), undefined, { serviceUsers: 'tenants' });
  expect(['People who use the service look at it.', 'Some people who use the service assess it.', 'Carers do.'].map(tenants.fixed)).toEqual(['Tenants look at it.', 'Some tenants assess it.', 'Carers do.']);
  expect(asShipped.fixed('People who use the service look at it.')).toBe('People who use the service look at it.');
  expect(['Where user-led-body cannot be asked, it is said why.', 'a risk that provider-staff carry'].map(asShipped.in)).toEqual(['Where a body led by users cannot be asked, it is said why.', 'a risk that the provider’s staff carry']);
  expect([asShipped.code('carers'), asShipped.group('provider-staff'), asShipped.role('commissioner')]).toEqual(['Carers', 'the provider’s staff', 'a commissioner']);
});

test('a refusal says days, codes, disciplines and what a gate asks in words', () => {
  const agreement = { ...initialAgreement, pathway: { id: 'standard', version: 2 }, route: { id: 'pa2023-light-touch', version: 2 }, tier: 'standard' as const, stage: 'needs' };
  const { asked } = new Named(agreement, new Map());
  expect(asked('Nothing new to record: it is answered: not-adopted.')).toBe('Nothing new to record: it is answered: not adopted.');
  expect(asked('Nothing new to record: it closes on 2027-05-01.')).toBe('Nothing new to record: it closes on 1 May 2027.');
  expect(asked('Nothing new to record: the approval of legal-procurement is awaited.')).toBe('Nothing new to record: the approval of legal and procurement is awaited.');
  expect(asked('Nothing new to record: a waiver of involvement.planned is asked for, or in force, at this gate.')).toBe(
    'Nothing new to record: a waiver of “Involvement in this stage is planned at Say 3 (engaged) or more, if people said that this stage matters to them” is asked for, or in force, at this gate.',
  );
});
