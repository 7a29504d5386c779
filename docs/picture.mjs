/* Takes the picture of README off a running demo: `npm start`, then in a second terminal `node docs/picture.mjs [http://localhost:3000]`.
   CHROMIUM names a Chromium that lies elsewhere. */
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const [origin = 'http://localhost:3000'] = process.argv.slice(2);
// Down to what the gate lacks, whose every line says who can supply it.
const view = { width: 980, height: 1560 };
const file = fileURLToPath(new URL('./console.png', import.meta.url));
const mostBytes = 150_000;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ baseURL: origin, viewport: view, deviceScaleFactor: 0.75, javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.click('main button:has-text("Demo commissioner") >> nth=0');
  await page.goto('/agreements?text=Reablement');
  await page.click('main table a >> nth=0');
  await page.screenshot({ path: file });
} finally {
  await browser.close();
}
const { size } = await stat(file);
if (size >= mostBytes) throw new Error(`The picture has ${size} bytes; README's may have ${mostBytes}.`);
console.log(`${file}: ${size} bytes`);
