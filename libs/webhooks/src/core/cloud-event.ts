import type { RecordedEvent } from '@concordat/journal/core';
import type { JsonObject } from '@concordat/platform/core';

/** The most a delivery's body may hold, in bytes of UTF-8; a larger one goes out thin. */
export const largestBody = 65_536;

/** One event as one party may see it. */
export interface Rendered {
  readonly event: RecordedEvent;
  readonly agreement: string;
  /** The place among what this party may see of this agreement, from 1, without gaps. */
  readonly sequence: number;
  /** What the party may see of the event's data; `null` for a thin event, which says only where to ask. */
  readonly data: JsonObject | null;
  /** The origin of this installation, without a slash at its end. */
  readonly publicUrl: string;
}

/**
 * A test as a CloudEvent: signed and sent like any other, about the endpoint itself. It has no `sequence`, because it is no
 * part of what a party is told of an agreement.
 */
export function testCloudEvent(event: RecordedEvent, endpoint: string, publicUrl: string): JsonObject {
  return {
    specversion: '1.0',
    id: event.id,
    source: `${publicUrl}/api/v1/webhook-endpoints/${endpoint}`,
    type: event.type,
    subject: endpoint,
    time: event.recordedAt,
    timestamp: event.recordedAt,
    datacontenttype: 'application/json',
    dataschema: `${publicUrl}/api/schemas/events/${event.type}`,
    dataclassification: 'parties',
    correlationid: event.meta.correlationId,
    data: {},
  };
}

/**
 * The event as a CloudEvent 1.0 in structured JSON mode. `type`, `timestamp` and `data` also give it the shape of Standard
 * Webhooks; `sequence` is zero-padded so that it sorts as text (CloudEvents sequence extension).
 */
export function cloudEvent({ event, agreement, sequence, data, publicUrl }: Rendered): JsonObject {
  const source = `${publicUrl}/api/v1/agreements/${agreement}`;
  return {
    specversion: '1.0',
    id: event.id,
    source,
    type: event.type,
    subject: agreement,
    time: event.recordedAt,
    timestamp: event.recordedAt,
    sequence: String(sequence).padStart(10, '0'),
    datacontenttype: 'application/json',
    dataschema: `${publicUrl}/api/schemas/events/${event.type}`,
    dataclassification: data === null ? 'thin' : 'parties',
    correlationid: event.meta.correlationId,
    ...(event.meta.causationId !== undefined && { causationid: event.meta.causationId }),
    ...(data === null && { dataref: source }),
    data: data ?? { agreement },
  };
}
