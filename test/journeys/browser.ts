import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { TestInstallation } from './installation.js';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium stands: CHROMIUM names one, or one is where Debian puts it. */
export const chromiumPath = [process.env['CHROMIUM'] ?? '', ...usual].find((path) => path !== '' && existsSync(path));

/** A real Chromium. @throws Error where there is none: ask `chromiumPath` first. */
export function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium here.');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

/** A page of a window of its own, signed in as a demo person by their form. */
export async function signedIn(browser: Browser, here: TestInstallation, role: string, o: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 }, baseURL: here.origin, ...o });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.click(`main button[value="${here.person(role).person}"]`);
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it stands: rule and place. The page's window must let scripts run, past its policy. */
export async function axeFinds(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe });
  return page.evaluate(askAxe);
}

async function askAxe(): Promise<readonly string[]> {
  const { axe: checker } = globalThis as unknown as { axe: { run(asked: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };
  const { violations } = await checker.run({ resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(' | ')}`);
}

/**
 * Puts a document where the one before stood. Its shape: elements, how they are nested, and the attributes that styles or
 * axe ask for, each kind of child once. Plain script, because no other code here knows of a browser's globals.
 */
const layOut = String.raw`
  const compared = ['class', 'type', 'role', 'scope', 'lang', 'open', 'hidden', 'tabindex', 'aria-current', 'aria-hidden', 'aria-expanded'];
  const shapeOf = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '' ? 'text' : '';
    const attributes = [...node.attributes].map(({ name, value }) => (compared.includes(name) ? name + '=' + value : name)).sort();
    return '<' + node.tagName + ' ' + attributes.join(' ') + '>' + [...new Set([...node.childNodes].map(shapeOf))].join('') + '</>';
  };
  globalThis.layOut = (html) => {
    const next = new DOMParser().parseFromString(html, 'text/html');
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    return { shape: shapeOf(document.body), tooWide: document.documentElement.scrollWidth - window.innerWidth };
  };
`;

/** What a browser finds wrong with documents, one after the other, in a window as narrow as a small telephone (WCAG 2.2, 1.4.10). */
export class Inspector {
  private readonly shapes = new Set<string>();
  private documents = 0;

  private constructor(
    private readonly page: Page,
    private readonly head: string,
  ) {}

  static async open(browser: Browser, here: TestInstallation): Promise<Inspector> {
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 800 }, baseURL: here.origin });
    const page = await context.newPage();
    const first = await page.goto('/sign-in');
    for (const content of [axe, layOut]) await page.addScriptTag({ content });
    return new Inspector(page, headOf(await first!.text()));
  }

  /** How many documents were looked at, and how many of them were of a shape that axe had not seen. */
  get seen(): string {
    return `${this.documents} pages laid out, ${this.shapes.size} shapes for axe`;
  }

  /**
   * Lays the document out, and says how far it scrolls sideways and what axe finds. A navigation and a fresh axe would cost
   * ten times what looking does, so that the document is put where the one before stood, under the same style sheet.
   * Axe judges elements, their classes and how they are nested. A document that differs from one before in its texts and
   * addresses alone, or in how many rows a list has, is laid out, but axe would say the same: it is not asked again. What
   * hangs on texts and ids (names of fields, ids once, the order of headings) `faultsOf` asks of every page.
   */
  async faults(html: string): Promise<readonly string[]> {
    if (headOf(html) !== this.head) throw new Error('The head of this page is another than that of the page before: the inspector cannot stand in for going to it.');
    this.documents += 1;
    const { shape, tooWide } = await this.page.evaluate((text) => (globalThis as unknown as { layOut(html: string): { shape: string; tooWide: number } }).layOut(text), html);
    const sideways = tooWide > 0 ? [`${tooWide} px too wide`] : [];
    if (this.shapes.has(shape)) return sideways;
    this.shapes.add(shape);
    return [...sideways, ...(await this.page.evaluate(askAxe))];
  }
}

// All but the title, which each page has of its own.
function headOf(html: string): string {
  return html.slice(0, html.indexOf('</head>')).replace(/<title>[^]*<\/title>/, '');
}

