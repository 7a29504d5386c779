import type { Actor } from '@concordat/access/core';
import type { Gate } from '@concordat/agreement';
import { type Agreement, childrenOf, isOffered, isReadBy, type Lifecycle, peoplesViewIsOut, providersOfAward, type Sight, stagesForParties, standstillEnds } from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import { conditionsFor, factForms, type FactName, factTitles, type HolidayCalendar, isEarlier } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import { type Named, stageTitle } from './names.js';
import { mayDeclareAs, type Offers } from './sight.js';
import { actionGroups, commandWords } from './words/en.js';
import { counted, dayAndRecorded, dayOf, missingShown, timeOf, upper } from './words/say.js';

const says = {
  opened: 'gate opened',
  'opened-with-conditions': 'gate opened with conditions',
  'not-evidenced': 'before Concordat: not evidenced',
  'not-asked': 'not asked: it came with a later version',
  'by-reference': 'passed before the split',
  refused: '',
  shut: '',
} as const;
const wasHere: { readonly [L in Lifecycle]?: string } = { cancelled: 'was here when it was cancelled', split: 'was here when it was split', transferred: 'was here when it went to a successor' };

/** The stage strip: every stage of the pathway, and where the agreement is. Never colour alone. */
export function stagesShown(agreement: Agreement, { sees }: Pick<Sight, 'sees'>) {
  const passed = sees === 'all' ? agreement.stages : stagesForParties(agreement.stages);
  const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return stages.map(({ id, title }) => {
    const gate = passed[id]?.gate;
    const last = id === agreement.stage && agreement.lifecycle !== 'closed';
    const over = last ? wasHere[agreement.lifecycle] : undefined;
    const here = last && over === undefined;
    return {
      title,
      where: here ? 'here' : gate === undefined || gate === 'shut' || gate === 'refused' ? 'ahead' : 'behind',
      says: over ?? (here ? (gate === 'refused' ? 'is here; its gate was refused' : 'is here') : gate === undefined ? 'ahead' : says[gate]),
    };
  });
}

/** How an agreement came to its end before its time. Outside the house is said that it was cancelled, and not why. */
export function endShown(agreement: Agreement, outside: boolean) {
  const { cancelled, lifecycle, transfer: { went } } = agreement;
  const dayIn = (at: string) => dayOf(londonDay(new Date(at)));
  if (cancelled !== null) return { title: 'Cancelled', says: `It was cancelled on ${dayIn(cancelled.at)}.`, reason: outside ? undefined : cancelled.reason, contracts: [] };
  if (lifecycle === 'transferred' && went !== null) return { title: 'Went to a successor', says: `Since ${dayOf(went.on)} it goes on in ${went.to.name}. Its record stays here to be read and checked, and nothing more is added to it.`, reason: undefined, contracts: [] };
  if (lifecycle !== 'split' || outside) return undefined;
  const contracts = childrenOf(agreement).filter(({ as }) => as === 'split');
  return {
    title: 'Split into its contracts',
    says: `It was split on ${dayIn(contracts[0]?.openedAt ?? '')} into ${counted(contracts.length, 'contract')}, and goes on there.`,
    reason: undefined,
    contracts: contracts.map(({ id, title, lot }) => ({ href: `/agreements/${id}`, title: lot === null ? title : `${lot}: ${title}` })),
  };
}

/** The checklist in words: what is asked, and for each missing thing who can supply it and where. */
export function checklistShown({ agreement, stage, preliminary, checklist }: Gate, named: Named, offers: Offers, actor: Actor) {
  const unmet = checklist.filter(({ met }) => !met).length;
  const title = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages.find(({ id }) => id === stage)?.title ?? stage;
  return {
    stage: title,
    preliminary,
    open: unmet === 0,
    headline:
      unmet === 0 ? 'Everything it asks is there. A commissioner can move the agreement on.' : `${unmet} of ${checklist.length} ${unmet === 1 ? 'is' : 'are'} not met yet.`,
    items: checklist.map(({ asks, met, missing, doesNotApply }) => ({
      asks: named.fixed(doesNotApply === null ? asks : `${asks} Does not apply: ${doesNotApply}`),
      met,
      tag: doesNotApply !== null ? { text: 'Does not apply', classes: 'govuk-tag--grey' } : met ? { text: 'Met', classes: 'govuk-tag--green' } : { text: 'Not met', classes: 'govuk-tag--yellow' },
      missing: missing.map((one) => missingShown(agreement.id, one, named, (command, suppliedBy) => offers[command]?.href !== undefined && mayDeclareAs(actor, command, suppliedBy))),
      together: offers['amend-facts']?.href !== undefined && missing.length > 1 && missing.every(({ by }) => by === 'amend-facts') ? `/agreements/${agreement.id}/do/amend-facts?facts=${missing.map(({ what }) => what).join(',')}` : undefined,
    })),
  };
}

/** The stage whose gate asks for this fact, or asked for it last; the one it stands in where none did so far. */
function askedLast({ pathway, route, stage, tier }: Agreement, fact: FactName): string {
  const [follows, by] = [pathways.find(pathway.id, pathway.version), routes.find(route.id, route.version)];
  if (follows === undefined || by === undefined) return stage;
  const asksForIt = (at: string) => conditionsFor(follows, by, at, tier).some((asked) => asked.code === 'facts.present' && asked.parameters.facts.includes(fact));
  return follows.stages.map(({ id }) => id).findLast((at) => !isEarlier(follows, stage, at) && asksForIt(at)) ?? stage;
}

/** What is on record of the agreement, with who wrote it and when. */
export function factsShown(agreement: Agreement, named: Named, offers: Offers) {
  const { facts } = agreement;
  const names = Object.keys(factTitles) as FactName[];
  const since = askedLast(agreement, 'people-view-published');
  const isTheirWord = (name: FactName) => name === 'people-view-published' && !peoplesViewIsOut(agreement, since);
  return names.flatMap((name) => {
    const fact = facts[name];
    if (fact === undefined) return [];
    return [
      {
        label: upper(factTitles[name]),
        value: factForms[name] === 'person' ? named.of(String(fact.value)) : named.said(fact.value, `facts.${name}`),
        by: `${named.of(fact.amendedBy)}, ${timeOf(fact.amendedAt)}${isTheirWord(name) ? `. As they say: it was not published here since the agreement came to “${stageTitle(agreement, since)}”` : ''}`,
        href: offers['amend-facts']?.href && `${offers['amend-facts'].href}?facts=${name}`,
      },
    ];
  });
}

/** Everything that can be asked of an agreement, by what it is about; whoever may not is told who can. */
export function actionsShown(offers: Offers) {
  return actionGroups
    .map(({ title, commands }) => ({ title, actions: commands.flatMap((name) => (offers[name] === undefined ? [] : [{ title: commandWords[name].title, ...offers[name] }])) }))
    .filter(({ actions }) => actions.length > 0);
}

const partWords: Readonly<Record<Agreement['award']['parties'][string], string>> = { incumbent: 'It provides the service so far', invited: 'It is invited to take part in the sourcing', provider: 'It provides the service' };

const partAfter: Readonly<Record<Agreement['award']['parties'][string], string>> = { incumbent: 'It provided the service before it was awarded anew', invited: 'It was invited to take part in the sourcing', provider: '' };

/** When it was awarded, and to whom where that is one; what came from a split was awarded there. */
function awardedShown({ award: { original, awarded, parties }, tree }: Agreement, own: string | undefined, named: Named): string | undefined {
  if (original === null || original.on === null || tree.parent?.as === 'split-from') return undefined;
  const provider = awarded === null ? providersOfAward({ parties })[0] : undefined;
  const to = provider === undefined ? '' : provider === own ? ' to your organisation' : ` to ${named.of(provider)}`;
  return `It was awarded${to} on ${dayOf(original.on)}.`;
}

/** Does the gate it stands before ask who provides whether they are ready? */
function asksForReadiness({ pathway, route, stage, tier }: Agreement): boolean {
  const [follows, by] = [pathways.find(pathway.id, pathway.version), routes.find(route.id, route.version)];
  return follows !== undefined && by !== undefined && conditionsFor(follows, by, stage, tier).some(({ code }) => code === 'provider.ready');
}

/** Where it stands, as whoever is not of the house reads it. `own`: the provider who looks. */
export function outsideShown(agreement: Agreement, named: Named, own?: string) {
  const { award, facts, held } = agreement;
  const period = facts['contract-period']?.value;
  return {
    reference: facts.reference?.value,
    place: facts.place?.value,
    period: period && `${dayOf(period.startsOn)} to ${dayOf(period.endsOn)}`,
    held: held === null ? undefined : `It is on hold${held.until === null ? '' : ` until ${dayOf(held.until)}`}.`,
    notice: award.notice === null ? undefined : `The award notice ${award.notice.reference} was published on ${dayAndRecorded(award.notice.publishedOn, award.notice.recordedOn)}.`,
    awarded: awardedShown(agreement, own, named),
  };
}

/** What a party of the agreement sees: its own part in it, and the award once it is decided. Of a proposal no provider hears. */
export function partyShown(agreement: Agreement, { provider, role, until }: Extract<Sight, { sees: 'party' }>, named: Named, offers: Offers, holidays: HolidayCalendar) {
  const { award, facts, content } = agreement;
  const outside = outsideShown(agreement, named, provider);
  const mine = isOffered(agreement, provider);
  const [pathway, route] = [pathways.find(agreement.pathway.id, agreement.pathway.version), routes.find(agreement.route.id, agreement.route.version)];
  const ends = pathway && route && standstillEnds(agreement, { pathway, route }, holidays);
  const accepted = mine && award.acceptances.some((one) => one.provider === provider && one.version === content.award);
  const ready = agreement.readiness.find((one) => one.provider === provider);
  const asksIfReady = role === 'provider' && ready === undefined && agreement.lifecycle === 'open' && asksForReadiness(agreement);
  const lots = award.proposed?.lots.filter(({ lead, members }) => [lead, ...members].includes(provider)) ?? [];
  const offered = lots.length === 0 ? named.said(award.proposed?.value) : lots.map(({ lot, title, value }) => `${lot}, ${title}: ${named.said(value)}`).join('; ');
  return {
    name: named.of(provider),
    role: until === null ? partWords[role] : partAfter[role],
    ...outside,
    specification: isReadBy('specification', role) && facts.specification ? named.said(facts.specification.value) : undefined,
    notice: outside.notice && `${outside.notice}${ends === undefined ? '' : ` The standstill runs until the end of ${dayOf(ends)}: ask for the reasons, or challenge the award, before that.`}`,
    over: until !== null,
    award: !mine
      ? undefined
      : accepted
        ? 'Your organisation accepted the award as it stands.'
        : `An award is proposed to your organisation: ${offered}.`,
    accept: mine && !accepted ? offers['accept-award'] : undefined,
    ready: ready === undefined ? undefined : `Your organisation said that it is ready to start on ${dayOf(ready.startsOn)}.`,
    sayReady: asksIfReady ? offers['confirm-readiness'] : undefined,
    nothing: until === null && agreement.lifecycle === 'open' && !(mine && !accepted) && !asksIfReady,
  };
}

