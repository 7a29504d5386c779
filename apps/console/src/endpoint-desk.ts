import { Providers } from '@concordat/access';
import { may, mayAtAll, providersOf } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { Clock, concordatNamespace, Fingerprints, isUuid, londonDay, Problem, uuidv5 } from '@concordat/platform';
import { deliveriesSeen, type DeliveryRow, EndpointCommand, type EndpointOutcome, type EndpointRequest, type EndpointRow, mostDelivered, Told } from '@concordat/webhooks';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { deliveryShown, endpointShown } from './endpoints-shown.js';
import type { Reader } from './signed-in.js';

const mostProviders = 200;

/** Reads endpoints as somebody may see them, and takes commands on them to the handler the API uses. */
@Injectable()
export class EndpointDesk {
  constructor(
    private readonly told: Told,
    private readonly providers: Providers,
    private readonly agreements: Agreements,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  /** Those the reader may see, in words. */
  async list({ principal: { tenant, actor } }: Reader, upTo?: number) {
    const today = this.today();
    const rows = (await this.told.endpoints(tenant, undefined, upTo)).filter(({ provider }) => may(actor, 'delivery.read', { provider }, today));
    const [health, names] = await Promise.all([this.told.health(tenant, rows.map(({ endpoint }) => endpoint)), this.providers.of(tenant, rows.map(({ provider }) => provider))]);
    return rows.map((row) => endpointShown(row, health.get(row.endpoint), names.get(row.provider)?.name ?? ''));
  }

  /** @throws Problem 404: what one may not see is not there. */
  async seen({ principal: { tenant, actor } }: Reader, id: string, upTo?: number): Promise<EndpointRow> {
    const row = isUuid(id) ? await this.told.endpoint(tenant, id, upTo) : undefined;
    if (row !== undefined && may(actor, 'delivery.read', { provider: row.provider }, this.today())) return row;
    throw new Problem({ status: 404, code: 'endpoint.unknown', title: 'There is no such server', detail: 'It is not here, or you may not see it.' });
  }

  async shown({ principal: { tenant } }: Reader, row: EndpointRow) {
    const [health, names] = await Promise.all([this.told.health(tenant, [row.endpoint]), this.providers.of(tenant, [row.provider])]);
    return endpointShown(row, health.get(row.endpoint), names.get(row.provider)?.name ?? '');
  }

  /** One page of deliveries with their attempts, newest first; `next` is what the page after it begins below. */
  async deliveries({ principal: { tenant, actor } }: Reader, { endpoint, provider }: EndpointRow, limit: number, filter: { readonly state?: DeliveryRow['state']; readonly before?: number }) {
    const rows = await this.told.deliveries(tenant, endpoint, limit + 1, filter);
    const page = rows.slice(0, limit);
    const seen = await this.agreements.seeAll(tenant, [...new Set(page.flatMap(({ agreement }) => agreement ?? []))], actor, this.today());
    return {
      shown: deliveriesSeen(page, actor, provider, this.today()).map((delivery) => deliveryShown(delivery, seen.get(delivery.agreement ?? '')?.agreement.title ?? '')),
      next: rows.length > limit ? page.at(-1)?.position : undefined,
    };
  }

  /** The newest deliveries with their attempts, for a file. */
  async all({ principal: { tenant, actor } }: Reader, { endpoint, provider }: EndpointRow, state: DeliveryRow['state'] | undefined) {
    return deliveriesSeen(await this.told.deliveries(tenant, endpoint, mostDelivered, state === undefined ? {} : { state }), actor, provider, this.today());
  }

  mayManage({ principal: { actor } }: Reader, provider: string): boolean {
    return may(actor, 'endpoint.manage', { provider }, this.today());
  }

  /** The providers the reader may register a server for, by name. */
  async manages({ principal: { tenant, actor } }: Reader): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const today = this.today();
    if (!mayAtAll(actor, 'endpoint.manage', today)) return [];
    if (may(actor, 'endpoint.manage', {}, today)) return this.providers.list(tenant, { limit: mostProviders });
    const own = await this.providers.of(tenant, providersOf(actor, 'endpoint.manage', today));
    return [...own.values()];
  }

  /** `key` is that of the form, so that a form sent twice is one command. */
  execute({ principal: { tenant, actor, id } }: Reader, request: EndpointRequest, key: string, correlationId: string): Promise<EndpointOutcome> {
    return this.commands.execute(
      new EndpointCommand(request, {
        tenant,
        actor,
        commandId: uuidv5(concordatNamespace, `${tenant}/${id}/form/${key}`),
        fingerprint: this.fingerprints.of(['form', request]),
        correlationId,
      }),
    );
  }

  /** False where the endpoint has no such delivery. */
  async resend({ principal: { tenant, id } }: Reader, endpoint: string, event: string, key: string): Promise<boolean> {
    // The page has one key for all its deliveries.
    const ask = { commandId: uuidv5(concordatNamespace, `${tenant}/${id}/form/${key}/${event}`), fingerprint: this.fingerprints.of(['form', 'resend', endpoint, event]) };
    return isUuid(event) && (await this.told.resend(tenant, endpoint, event, ask)) !== undefined;
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}
