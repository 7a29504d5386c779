/** What is signed: id, seconds since 1970 of this attempt, and the body as sent, joined by full stops (Standard Webhooks 1.0). */
export function signatureInput(id: string, timestamp: number, body: string): string {
  return `${id}.${timestamp}.${body}`;
}
