import { type DeliveryWithAttempts, type DeliveryWithoutAnswers, type EndpointHealth, type EndpointRow, eventCatalogue } from '@concordat/webhooks';
import { attemptErrors, deliveryStates, disablings, partyRoles } from './words/webhooks.js';
import { counted, happeningOf, momentOf, timeOf, upper } from './words/say.js';

const unheard: EndpointHealth = { waiting: 0, failing: 0, held: 0, dead: 0, lastDeliveredAt: null };

/** An endpoint as lists and its own page say it. */
export function endpointShown(row: EndpointRow, health: EndpointHealth = unheard, provider: string) {
  const { endpoint, url, ordered, disabled, registeredAt, heldUntil, keys } = row;
  const [newest, ...older] = keys;
  return {
    href: `/webhooks/${endpoint}`,
    url,
    provider,
    ...stateOf(row, health),
    disabled: disabled !== null,
    lastDelivered: health.lastDeliveredAt === null ? 'never' : timeOf(health.lastDeliveredAt),
    order: ordered ? 'What happens to one agreement arrives strictly in order; what fails keeps the rest of that agreement waiting' : 'As fast as it can be sent; the numbers of an agreement’s events say their order',
    registered: timeOf(registeredAt),
    quiet: heldUntil === null ? undefined : timeOf(heldUntil),
    keys: newest === undefined ? [] : [`${newest.key.slice(0, 8)}…, the newest, signs`, ...older.map(({ key, until }) => `${key.slice(0, 8)}… signs beside it until ${until === null ? 'it is taken out' : timeOf(until)}`)],
  };
}

/** How it goes, as a word and a sentence. */
function stateOf({ disabled }: EndpointRow, { waiting, failing, held, dead, lastDeliveredAt }: EndpointHealth): { readonly state: 'disabled' | 'failing' | 'working' | 'new'; readonly called: string; readonly says: string } {
  if (disabled !== null) return { state: 'disabled', called: 'Disabled', says: `${disablings[disabled]}; ${held === 0 ? 'nothing is kept for it yet' : `${counted(held, 'event is', 'events are')} kept for it`}` };
  if (failing + dead > 0) {
    const parts = [...(failing > 0 ? [`${counted(failing, 'delivery is', 'deliveries are')} tried again later`] : []), ...(dead > 0 ? [`${counted(dead, 'was', 'were')} given up`] : [])];
    return { state: 'failing', called: 'Failing', says: parts.join(', ') };
  }
  if (waiting > 0) return { state: 'working', called: 'Working', says: `${counted(waiting, 'delivery is', 'deliveries are')} on the way` };
  return lastDeliveredAt === null ? { state: 'new', called: 'New', says: 'nothing has happened since that it is told of' } : { state: 'working', called: 'Working', says: 'nothing waits' };
}

/** What all of them come to. */
export function endpointsHeadline(shown: readonly { readonly state: string }[]): string {
  if (shown.length === 0) return 'No server is told what happens: everything stands in the feed all the same.';
  const of = (state: string) => shown.filter((one) => one.state === state).length;
  const parts = [...(of('failing') > 0 ? [`${counted(of('failing'), 'fails', 'fail')}`] : []), ...(of('disabled') > 0 ? [`${counted(of('disabled'), 'is', 'are')} disabled`] : [])];
  return `${counted(shown.length, 'server is', 'servers are')} told what happens${parts.length > 0 ? `; ${parts.join(', ')}` : shown.length === 1 ? ' and takes it' : ', and all of them take it'}.`;
}

/** One delivery with its attempts in words; `title` is what its agreement is called. A test has none. */
export function deliveryShown(delivery: DeliveryWithAttempts | DeliveryWithoutAnswers, title: string) {
  const { event, agreement, sequence, type, state, nextAt, settledAt, tries, attempts } = delivery;
  return {
    event,
    happened: happeningOf(type),
    type,
    agreement: agreement === null ? undefined : { title, href: `/agreements/${agreement}` },
    about: agreement === null ? 'a test, about no agreement' : `number ${sequence} of ${title}`,
    sequence,
    state,
    called: deliveryStates[state],
    when: settledAt !== null ? timeOf(settledAt) : state === 'retry' ? `again at ${timeOf(nextAt)}` : undefined,
    tries: tries === 0 ? 'not tried yet' : counted(tries, 'try', 'tries'),
    attempts: attempts.map(({ number, startedAt, milliseconds, status, error, detail, remoteAddress, late, ...more }) => ({
      number,
      at: momentOf(startedAt),
      answer: status === null ? upper(attemptErrors[error ?? 'other']) : `Answered ${status}`,
      error,
      detail,
      took: `${Math.round(milliseconds)} ms${remoteAddress === null ? '' : `, ${remoteAddress}`}`,
      late,
      body: 'body' in more && more.body !== '' ? more.body.slice(0, mostShown) : undefined,
      cut: 'body' in more && more.body.length > mostShown,
    })),
  };
}

// The whole of what was kept is to be had over the API; a page stays light.
const mostShown = 1_000;

/** Every kind of event that leaves the house: who hears it and what it tells them. */
export function catalogueShown() {
  const events = eventCatalogue.flatMap(({ type, hearing }) => {
    if (hearing.to === 'internal') return [];
    return [
      {
        type,
        happened: happeningOf(type),
        schema: `/api/schemas/events/${type}`,
        heard: `${hearing.to.map((role) => partyRoles[role]).join(', ')}${hearing.only === 'named' ? ': the one it names' : ''}`,
        says: hearing.form === 'thin' ? 'that it happened; ask for the rest' : hearing.members.length === 0 ? 'that it happened' : hearing.members.join(', '),
      },
    ];
  });
  return { headline: `${events.length} of ${eventCatalogue.length} kinds of event are told to providers. The others stay inside: what is near a person, and what is weighed before a decision.`, events };
}
