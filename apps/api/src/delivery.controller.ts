import type { Principal } from '@concordat/access';
import { Agreements, versionOfVariation } from '@concordat/agreement';
import { type Agreement, deliverySeen, type deliveryView, valueView } from '@concordat/agreement/core';
import { Clock, londonDay } from '@concordat/platform';
import { deliveryAsCsv, deliveryAsXlsx, valueAsCsv, valueAsXlsx } from '@concordat/register';
import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, formatOf, inEveryFormat, tableFormatAsked, tableFormats } from './list-format.js';
import { noSuchAgreement, seen } from './read-agreement.js';
import { idPath, type IdPath } from './shapes.js';

const period = z.object({ startsOn: z.iso.date(), endsOn: z.iso.date() });
const delivery = z.object({
  agreement: z.uuid(),
  kpis: z.array(
    z.looseObject({
      kpi: z.uuid(),
      title: z.string(),
      definition: z.string(),
      unit: z.string().describe('in what both figures are counted'),
      writtenBy: z.looseObject({ is: z.string() }).describe('`staff`, or where people wrote it'),
      ofPeople: z.boolean().describe('people wrote it, as one of them confirmed'),
      periods: z.array(
        z.object({
          period,
          provider: z.object({ of: z.uuid().nullable(), value: z.number(), source: z.string(), reached: z.boolean() }).nullable().describe('the figure of one provider (`of`), a line for each of several; null where there is none of this time'),
          people: z.looseObject({
            finding: z.uuid(),
            answers: z.int().nullable().describe('null to a provider where fewer than five answered; then `value` is null, too'),
            value: z.number().nullable(),
            reached: z.boolean().nullable(),
            comparison: z.string().describe('`difference` waits until it is `discussed`; of fewer than ten answers it is `something-to-talk-about`'),
            discussed: z.looseObject({ on: z.iso.date(), follows: z.string() }).nullable(),
            corrected: z.array(z.looseObject({ value: z.number().nullable(), why: z.string(), correctedOn: z.iso.date() })).describe('what it said before, each time; to the organisation alone'),
          }).nullable().describe('what people say of the same KPI'),
        }),
      ),
    }),
  ),
  cycles: z.array(z.object({ cycle: z.uuid(), period, endedOn: z.iso.date().nullable().describe('null while it is under way'), peopleAsked: z.boolean() })),
  obligations: z.array(z.looseObject({ obligation: z.uuid(), what: z.string(), provider: z.uuid().nullable().describe('who owes it; null where whoever leads will'), dueOn: z.iso.date().nullable().describe('next; null once it is met for good'), stands: z.enum(['met', 'due', 'overdue']) })),
  withdrawn: z.array(z.looseObject({ obligation: z.uuid(), what: z.string(), provider: z.uuid().nullable(), by: z.string().nullable().describe('a person; null to a provider'), on: z.iso.date(), reason: z.string() })).describe('obligations that were put on record by mistake'),
  concerns: z.array(z.looseObject({ concern: z.uuid(), provider: z.uuid(), about: z.string(), answered: z.looseObject({ answer: z.string() }).nullable() })).describe('raised by a provider; by the one who asks, where a provider does'),
  expiries: z.array(z.looseObject({ expiry: z.uuid(), provider: z.uuid(), of: z.string(), endsOn: z.iso.date(), stands: z.enum(['in-force', 'ends-soon', 'ended']) })).describe('registrations, insurance and continuity plans; of the one who asks, where a provider does'),
  visits: z.array(z.looseObject({
    visit: z.uuid(), provider: z.uuid(), on: z.iso.date(), found: z.string(), nextBy: z.iso.date().nullable().describe('the last day for the next one'),
    spokeWith: z.int().nullable().describe('people who use the service; null to a provider where they were fewer than five'),
    improvements: z.array(z.looseObject({ improvement: z.uuid(), what: z.string(), dueOn: z.iso.date(), stands: z.enum(['done', 'due', 'overdue']) })),
  })).describe('quality visits; to the one who asks, where a provider does'),
  actions: z.array(z.looseObject({ action: z.uuid(), what: z.string(), dueOn: z.iso.date(), stands: z.enum(['done', 'due', 'overdue']) })).describe('what review meetings agreed on; of the one who asks, where a provider does'),
  offered: z.array(z.object({ variation: z.uuid(), what: z.string(), to: z.looseObject({ is: z.string() }), version: z.string().describe('of what was offered, which whoever accepts it names as `versionRead`') })).describe('variations that wait for whoever provides to accept them; to a provider those that wait for it'),
  varied: z.array(z.object({ variation: z.uuid(), to: z.looseObject({ is: z.string() }) })).describe('what it became by variations that were carried out'),
  outcomes: z.array(z.object({ outcome: z.uuid(), title: z.string(), answered: z.looseObject({ on: z.iso.date() }).nullable() })).describe('what whoever delivers is asked the three plain questions of, with their last word; to the organisation that of whoever leads'),
  exit: z.looseObject({ lastDay: z.iso.date(), people: z.int().nullable().describe('null to a provider where fewer than five use the service, or a part of it or the whole tells how many'), staffInformationBy: z.iso.date().describe('28 days before, if staff pass to another employer') }).nullable().describe('the plan for the end'),
  staffTransfer: z.looseObject({ transfersOn: z.iso.date(), informationBy: z.iso.date(), staff: z.int().nullable().describe('null to a provider where they are fewer than five') }).nullable().describe('staff who pass to another employer'),
  managed: z.looseObject({
    rates: z.array(z.looseObject({ rate: z.uuid(), what: z.string(), per: z.string(), years: z.array(z.looseObject({ year: z.string().describe('from April to March, as 2026-27'), uplift: z.number().nullable().describe('per cent above the year before that is on record') })) })),
    funders: z.array(z.looseObject({ funding: z.uuid(), funder: z.string(), year: z.string(), over: z.boolean().describe('more was paid than committed'), payments: z.array(z.looseObject({ spend: z.uuid(), corrected: z.array(z.looseObject({ why: z.string(), correctedOn: z.iso.date() })).describe('what it said before, each time') })) })).describe('committed against paid, by financial year and funder'),
    agenda: z.array(z.object({ kind: z.string(), about: z.uuid() })).describe('what the record says that there is to talk about'),
    meetings: z.array(z.looseObject({ meeting: z.uuid(), on: z.iso.date(), actions: z.array(z.looseObject({ action: z.uuid(), dueOn: z.iso.date(), stands: z.enum(['done', 'due', 'overdue']) })) })),
    variations: z.array(z.looseObject({ variation: z.uuid(), version: z.string().describe('of what whoever decides reads and names as `versionRead`: what is proposed and would change, who was asked again or why not, and what was answered of the test'), decided: z.looseObject({ version: z.string().nullable().describe('what was read'), weighed: z.string().nullable() }).nullable().describe('null until it is decided; what was read and weighed is null of what was decided before that was asked'), afterEnd: z.iso.date().nullable().describe('when the contract had ended, where this makes it longer and was proposed later'), toAskAgain: z.array(z.string()).describe('themes whose people are still to be asked again or told'), whyAskAgain: z.string().nullable().describe('why that follows from what changes; null where it touches what was named alone'), permitted: z.boolean().nullable().describe('by the regime’s test as it stood when it was answered, which is asked anew when it is decided and carried out; null while it is untested') })),
  }).nullable().describe('how the organisation manages it; null for a provider'),
});
const value = z.object({
  agreement: z.uuid(),
  outcomes: z.array(
    z.looseObject({
      outcome: z.uuid(),
      title: z.string(),
      links: z.array(z.looseObject({
        link: z.uuid(), baseline: z.number(), target: z.number(), visibleFrom: z.iso.date(), stands: z.string().describe('`not-to-be-seen-yet` before an effect can be seen: it is too early to say'),
        measurements: z.array(z.looseObject({ on: z.iso.date(), value: z.number(), source: z.string(), wayGone: z.number().describe('from the baseline (0) to the target (1); below 0 it goes away from it') })).describe('in their order, also those from before an effect can be seen'),
      })),
      questions: z.array(z.looseObject({ question: z.string(), asks: z.string(), diverges: z.boolean() })).describe('the same three, as users, provider and commissioner answer them, and of several providers each'),
      fewUsers: z.boolean().describe('fewer than ten answered: something to talk about'),
      usersUnconfirmed: z.boolean().describe('it is not on record where users were asked whose view it is, or that was voided since'),
      hoursOpen: z.enum(['cost-moved', 'not-asked']).nullable().describe('what those leave open who give more hours than before: most would rather not, or they were not asked; until they want to, or give no more than before it'),
      benefits: z.array(z.looseObject({ benefit: z.uuid(), what: z.string(), stands: z.enum(['potential', 'observed']), potentialFor: z.enum(['not-observed', 'not-to-be-seen-yet', 'not-asked', 'cost-moved', 'no-cost-beside', 'hours-untold']).nullable().describe('what keeps it potential, also once somebody observed it; `not-asked` are those who give more hours, of whom too few answered, `no-cost-beside` an outcome whose cost does not stand in two periods, `hours-untold` hours on record that stand beside no cost') })),
      costs: z.array(
        z.looseObject({
          cost: z.uuid(),
          period,
          perUnit: z.object({ pounds: z.number(), hours: z.number() }).nullable().describe('of this outcome: pounds spent, and beside them the hours that people gave; null where no unit was reached'),
          change: z.object({ pounds: z.number(), hours: z.number() }).nullable().describe('for one unit, more (below 0: less) than in the period before in which any was reached; null where there is none'),
          effort: z.string().describe('whether hours rose since the period before, and what those who give them say'),
          says: z.string().nullable().describe('the sentence where cost was moved to people'),
          corrected: z.array(z.looseObject({ period, why: z.string(), correctedOn: z.iso.date() })).describe('what it said before, each time'),
        }),
      ),
    }),
  ),
});

const inFormat = z.strictObject({ format: tableFormatAsked });
type InFormat = z.infer<typeof inFormat>;

/** Sends one read in the form that is asked for. @param name of the file, without its ending. */
async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: InFormat['format'],
  name: string,
  forms: { readonly json: () => object; readonly csv: () => string; readonly xlsx: () => Promise<Buffer> },
): Promise<void> {
  const format = formatOf(asked, request.headers.accept, tableFormats);
  reply.header('vary', 'accept').type(contentTypeOf(format));
  if (format !== 'json') reply.header('content-disposition', `attachment; filename="${name}.${format}"`);
  await reply.send(await forms[format]());
}

/** Each variation with the version that whoever decides on it names. */
const withVersions = (agreement: Agreement, managed: NonNullable<ReturnType<typeof deliveryView>['managed']>) =>
  ({ ...managed, variations: managed.variations.map((variation) => ({ ...variation, version: versionOfVariation(agreement, variation) })) });

/** What is delivered under an agreement, and what comes of it. */
@ApiV1('agreements/:id', 'Delivery and value')
export class DeliveryController {
  constructor(
    private readonly agreements: Agreements,
    private readonly clock: Clock,
  ) {}

  @Get('delivery')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readDelivery', summary: 'KPIs with the provider’s figure and what people say, cycles, obligations, concerns, meetings, variations and the plan for the end; also as CSV or XLSX' })
  @ApiResponse(() => ({ ...inEveryFormat(jsonSchema(delivery), tableFormats), description: 'As it stands today; a provider sees what it is held to and its own concerns' }))
  async readDelivery(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: inFormat }) { format }: InFormat, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { agreement, sight, today } = await this.open(who, id);
    const delivered = deliverySeen(agreement, today, sight);
    if (delivered === undefined) throw noSuchAgreement();
    await answer(request, reply, format, 'delivery', { json: () => ({ agreement: id, ...delivered, managed: delivered.managed && withVersions(agreement, delivered.managed) }), csv: () => deliveryAsCsv(delivered), xlsx: () => deliveryAsXlsx(delivered) });
  }

  @Get('value')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readValue', summary: 'Outcomes with the day from which they can be seen, three views of them, benefits potential and observed, and what one unit costs in pounds and in hours; also as CSV or XLSX' })
  @ApiResponse(() => ({ ...inEveryFormat(jsonSchema(value), tableFormats), description: 'As it stands today, outcome by outcome' }))
  async readValue(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: inFormat }) { format }: InFormat, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { agreement, sight, today } = await this.open(who, id);
    if (sight.sees !== 'all') throw noSuchAgreement();
    const outcomes = valueView(agreement, today);
    await answer(request, reply, format, 'value', { json: () => ({ agreement: id, outcomes }), csv: () => valueAsCsv(outcomes), xlsx: () => valueAsXlsx(outcomes) });
  }

  private async open(who: Principal, id: string) {
    const today = londonDay(this.clock.now());
    return { ...seen(await this.agreements.see(who.tenant, id, who.actor, today)), today };
  }
}
