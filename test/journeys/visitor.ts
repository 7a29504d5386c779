import type { TestInstallation } from './installation.js';

/** A page as it came. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

/** Somebody with a browser that runs nothing: keeps its cookie, posts forms, follows where it is sent. */
export class Visitor {
  cookie = '';

  constructor(readonly origin: string) {}

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.send(path, { headers });
  }

  async post(path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.send(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Signs in by the form. */
  async signIn(here: TestInstallation, role: string, organisation?: string): Promise<Page> {
    return this.post('/sign-in', { person: here.person(role, organisation).person });
  }

  async send(path: string, request: RequestInit): Promise<Page> {
    const answer = await fetch(`${this.origin}${path}`, {
      redirect: 'manual',
      ...request,
      headers: { accept: 'text/html', ...(this.cookie !== '' && { cookie: this.cookie }), ...(request.headers as Record<string, string>) },
    });
    const [kept] = answer.headers.getSetCookie();
    if (kept !== undefined) this.cookie = kept.split(';')[0]!;
    return { status: answer.status, headers: answer.headers, html: await answer.text() };
  }
}

/** What is wrong with a page as every page must be: one heading, landmarks, names, labels, nothing inline, ids once. */
export function faultsOf({ headers, html }: Page): readonly string[] {
  const count = (pattern: RegExp) => [...html.matchAll(pattern)].length;
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);
  const labelled = new Set([...html.matchAll(/<label[^>]*\sfor="([^"]+)"/g)].map(([, id]) => id!));
  const fields = [...html.matchAll(/<(input|select|textarea)\b([^>]*)>/g)].map(([, , attributes]) => attributes!).filter((attributes) => !/type="(hidden|submit)"/.test(attributes));
  const named = (attributes: string) => labelled.has(/\sid="([^"]+)"/.exec(attributes)?.[1] ?? '') || /aria-label(ledby)?="/.test(attributes);
  const levels = [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
  const here = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
  return [
    ...(headers.get('content-type') === 'text/html; charset=utf-8' ? [] : [`is sent as ${headers.get('content-type')}`]),
    ...(count(/<h1[\s>]/g) === 1 ? [] : [`has ${count(/<h1[\s>]/g)} first headings`]),
    ...levels.filter((level, at) => at > 0 && level > levels[at - 1]! + 1).map((level) => `leaves out a level of headings before an h${level}`),
    ...(count(/<main[\s>]/g) === 1 ? [] : ['has not one main part']),
    ...(/<html lang="en/.test(html) ? [] : ['does not say its language']),
    ...(/<title>[^<]+<\/title>/.test(html) ? [] : ['has no title']),
    ...(/<script|<style|<[a-z][^>]*\s(on[a-z]+|style)=|<[a-z][^>]*="javascript:/i.test(html) ? ['holds a script or a style of its own'] : []),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `has the id ${id} twice`),
    ...fields.filter((attributes) => !named(attributes)).map((attributes) => `has a field without a label:${attributes}`),
    ...here.filter((id) => !ids.includes(id)).map((id) => `leads to #${id}, which is not there`),
    ...(/undefined|\[object Object\]|NaN/.test(html.replace(/<[^>]*>/g, '')) ? ['shows what is not meant for people'] : []),
  ];
}
