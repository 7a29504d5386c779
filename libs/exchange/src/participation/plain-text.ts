const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function letter(whole: string, name: string): string {
  if (!name.startsWith('#')) return named[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const keepable = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return keepable ? String.fromCodePoint(code) : '';
}

/** A piece of HTML without what is between these tags; one that nothing closes is kept. Each closing tag is looked for once, however many open. */
function without(tag: string, html: string): string {
  const parts = html.split(new RegExp(`</${tag}>`, 'i'));
  const opened = new RegExp(`<${tag}\\b[^]*$`, 'i');
  return parts.map((part, at) => (at === parts.length - 1 ? part : part.replace(opened, ''))).join('');
}

/** The words of a piece of HTML, a paragraph a line: what platforms keep of a text is what its author's editor made. */
export function plainText(html: string): string {
  return without('style', without('script', html))
    .replaceAll(/<br\s*\/?>|<\/(p|div|li|h[1-6]|tr|blockquote)>/gi, '\n')
    .replaceAll(/<\/?[a-z!][^<>]*>/gi, '')
    .replaceAll(/&(#x?[0-9a-f]{1,7}|[a-z]{2,6});/gi, letter)
    .replaceAll('\u0000', '')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .toWellFormed();
}
