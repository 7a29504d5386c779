/** What a sealed signing secret is bound to, so that one copied to another endpoint or tenant does not open. */
export const associatedOf = (tenant: string, endpoint: string, key: string): string => `webhooks.secret/${tenant}/${endpoint}/${key}`;
