import { pinterestKey, redditConversionToken, redditSessionToken } from '../../sandbox/tokens';
import { expect, test } from './recorder';

/** Where a token may stand, how it may come, and where it must not be taken from. */

const platforms = [
  {
    name: 'Reddit',
    address: 'https://ads.reddit.com/account/a2_abcdefghijkl/events-manager',
    make: redditConversionToken,
  },
  { name: 'Pinterest', address: 'https://ads.pinterest.com/conversions/setup-api/', make: pinterestKey },
] as const;

const chunks = (value: string, size: number): string[] =>
  Array.from({ length: Math.ceil(value.length / size) }, (_, at) => value.slice(at * size, (at + 1) * size));

/** Pages that show the value. Scripts run as the page's own. */
const places: Record<string, (value: string) => string> = {
  'as text': (value) => `<p>${value}</p>`,
  'in code': (value) => `<div>Token: <code>${value}</code></div>`,
  'split over spans': (value) =>
    `<code>${chunks(value, 7)
      .map((part) => `<span>${part}</span>`)
      .join('')}</code>`,
  'with wbr': (value) => `<code>${chunks(value, 3).join('<wbr>')}</code>`,
  'with soft hyphens': (value) => `<p>${chunks(value, 2).join('&shy;')}</p>`,
  'with zero-width spaces': (value) => `<p>${chunks(value, 1).join('\u200b')}</p>`,
  'broken into lines': (value) => `<pre>${chunks(value, 64).join('\n')}</pre>`,
  'glued to a label': (value) => `<p>${value}Generate</p>`,
  'glued to a button': (value) => `<p>${value}<button>Generate</button></p>`,
  'glued behind a word': (value) => `<p>Token${value}</p>`,
  'in a read-only field': (value) => `<input readonly value="${value}">`,
  'in a text area': (value) => `<textarea>${value}</textarea>`,
  'in a password field': (value) => `<input type="password" value="${value}"><button>Show</button>`,
  'in a field set by a script': (value) =>
    `<input id="f"><script>setTimeout(() => { f.value = '${value}' }, 700)</script>`,
  'in a table cell': (value) => `<table><tr><td>Name</td><td>${value}</td></tr></table>`,
  'in a shadow root three deep': (value) => `<div id="h"></div><script>
    let at = h;
    for (let i = 0; i < 3; i++) {
      const root = at.attachShadow({ mode: 'open' });
      const next = document.createElement('div');
      root.append(next);
      at = next;
    }
    setTimeout(() => { at.textContent = '${value}' }, 200);
  </script>`,
  'in a shadow root attached late': (value) => `<div id="h"></div><script>
    setTimeout(() => { h.attachShadow({ mode: 'open' }).innerHTML = '<p>${value}</p>' }, 500);
  </script>`,
  'in a custom element defined late': (value) => `<x-token></x-token><script>
    setTimeout(() => customElements.define('x-token', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<p>${value}</p>' }
    }), 500);
  </script>`,
  'directly in a shadow root': (value) => `<div id="h"></div><script>
    h.attachShadow({ mode: 'open' }).append('${value}');
  </script>`,
  slotted: (value) => `<div id="h"><span>${value}</span></div><script>
    h.attachShadow({ mode: 'open' }).innerHTML = '<b><slot></slot></b>';
  </script>`,
  'in a frame of the same origin': (value) => `<iframe srcdoc="<p>${value}</p>"></iframe>`,
  'in a frame filled late': (value) => `<iframe id="f"></iframe><script>
    setTimeout(() => { f.contentDocument.body.innerHTML = '<p>${value}</p>' }, 400);
  </script>`,
  'in a modal dialog': (value) =>
    `<dialog id="d"><p>${value}</p></dialog><script>setTimeout(() => d.showModal(), 300)</script>`,
  'in a popover': (value) =>
    `<div popover id="d"><p>${value}</p></div><script>setTimeout(() => d.showPopover(), 300)</script>`,
  'fading in': (value) => `<style>p { opacity: 0; transition: opacity .4s } .in { opacity: 1 }</style>
    <p id="t">${value}</p><script>setTimeout(() => t.className = 'in', 300)</script>`,
  'shown by a class': (value) => `<style>#t { display: none } #t.in { display: block }</style>
    <p id="t">${value}</p><script>setTimeout(() => t.className = 'in', 2500)</script>`,
  'three seconds late': (value) =>
    `<div id="r"></div><script>setTimeout(() => { r.innerHTML = '<p>${value}</p>' }, 3000)</script>`,
  'for 300 ms': (value) => `<div id="r"></div><script>
    setTimeout(() => { r.innerHTML = '<p>${value}</p>'; setTimeout(() => { r.innerHTML = '' }, 300) }, 300);
  </script>`,
  'typed into one node': (value) => `<p id="t"></p><script>
    const parts = ${JSON.stringify(chunks(value, 20))};
    const timer = setInterval(() => { t.textContent += parts.shift(); if (!parts.length) clearInterval(timer) }, 10);
  </script>`,
  'added piece by piece': (value) => `<p id="t"></p><script>
    const parts = ${JSON.stringify(chunks(value, 20))};
    const timer = setInterval(() => { t.append(parts.shift()); if (!parts.length) clearInterval(timer) }, 10);
  </script>`,
  'added letter by letter': (value) => `<p id="t"></p><script>
    const parts = ${JSON.stringify(chunks(value, 1))};
    const timer = setInterval(() => {
      const span = document.createElement('span');
      span.textContent = parts.shift();
      t.append(span);
      if (!parts.length) clearInterval(timer);
    }, 1);
  </script>`,
  'in place of another text': (value) =>
    `<p id="t">Please wait</p><script>setTimeout(() => { t.firstChild.data = '${value}' }, 300)</script>`,
  'below the fold': (value) => `<div style="height: 4000px"></div><p>${value}</p>`,
  'scrolled out of a box': (value) =>
    `<div style="height: 100px; overflow: auto"><div style="height: 900px"></div><p>${value}</p></div>`,
  'cut short by style': (value) =>
    `<p style="width: 200px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">${value}</p>`,
  'scrolled out of a body that scrolls': (value) =>
    `<style>html { overflow: hidden; height: 100% } body { overflow: auto; height: 100% }</style>
     <div style="height: 4000px"></div><p>${value}</p>`,
  'on a page from right to left, out of view': (value) =>
    `<script>document.documentElement.dir = 'rtl'</script><div style="width: 6000px"><p style="text-align: left">${value}</p></div>`,
  'in a shape that shows it': (value) => `<p style="clip-path: circle(80% at 50% 50%)">${value}</p>`,
  'with marks of direction in its start': (value) =>
    `<p>${[...value.slice(0, 5)].join('\u200e')}${value.slice(5)}</p>`,
  inert: (value) => `<div inert><p>${value}</p></div>`,
  'beside a form that clobbers': (
    value,
  ) => `<form><input name="textContent"><input name="parentNode"><input name="localName">
    <input name="getAttribute"><input name="childNodes"><input name="shadowRoot"><p>${value}</p></form>`,
};

const unseen: Record<string, (value: string) => string> = {
  'display: none': (value) => `<p style="display: none">${value}</p>`,
  'hidden ancestor': (value) => `<div hidden><section><p>${value}</p></section></div>`,
  visibility: (value) => `<p style="visibility: hidden">${value}</p>`,
  'opacity of an ancestor': (value) => `<div style="opacity: 0"><div><p>${value}</p></div></div>`,
  'opacities that multiply': (value) =>
    `<div style="opacity: .3"><div style="opacity: .3"><p style="opacity: .3">${value}</p></div></div>`,
  filter: (value) => `<div style="filter: opacity(0)"><p>${value}</p></div>`,
  'no size': (value) => `<div style="width: 0; height: 0; overflow: hidden"><p>${value}</p></div>`,
  'one pixel': (value) =>
    `<p style="position: absolute; width: 1px; height: 1px; overflow: hidden">${value}</p>`,
  'clip-path': (value) => `<p style="clip-path: inset(50%)">${value}</p>`,
  circle: (value) => `<p style="clip-path: circle(0)">${value}</p>`,
  clip: (value) => `<p style="position: absolute; clip: rect(0, 0, 0, 0)">${value}</p>`,
  'off to the left': (value) => `<p style="position: absolute; left: -9999px">${value}</p>`,
  'off fixed': (value) => `<p style="position: fixed; top: -500px">${value}</p>`,
  'text-indent': (value) =>
    `<p style="text-indent: -99999px; white-space: nowrap; overflow: hidden">${value}</p>`,
  'aria-hidden': (value) => `<div aria-hidden="true"><p>${value}</p></div>`,
  'content-visibility': (value) => `<div style="content-visibility: hidden"><p>${value}</p></div>`,
  'zero-height scroller': (value) => `<div style="height: 0; overflow: auto"><p>${value}</p></div>`,
  'font size': (value) => `<p style="font-size: 0">${value}</p>`,
  scale: (value) => `<p style="transform: scale(0)">${value}</p>`,
  'moved out of a box': (value) =>
    `<div style="overflow: hidden; height: 50px; position: relative"><p style="position: absolute; top: 100px">${value}</p></div>`,
  'host not shown': (value) =>
    `<div id="h" style="display: none"></div><script>h.attachShadow({ mode: 'open' }).innerHTML = '<p>${value}</p>'</script>`,
  'frame not shown': (value) => `<iframe style="opacity: 0" srcdoc="<p>${value}</p>"></iframe>`,
  'not slotted': (value) =>
    `<div id="h"><p>${value}</p></div><script>h.attachShadow({ mode: 'open' }).innerHTML = '<b></b>'</script>`,
  'closed details': (value) => `<details><summary>More</summary><p>${value}</p></details>`,
  'closed details, text alone': (value) => `<details><summary>More</summary>${value}</details>`,
  'content-visibility, text alone': (value) => `<p style="content-visibility: hidden">${value}</p>`,
  'hidden until found, text alone': (value) => `<p hidden="until-found">${value}</p>`,
  'circle elsewhere': (value) => `<p style="clip-path: circle(20px at -500px -500px)">${value}</p>`,
  'polygon elsewhere': (value) =>
    `<p style="clip-path: polygon(-90px 0, -50px 0, -50px 40px, -90px 40px)">${value}</p>`,
  'painted within no height': (value) => `<div style="contain: paint; height: 0"><p>${value}</p></div>`,
  'fixed in what holds it': (value) =>
    `<div style="will-change: transform; overflow: hidden; height: 0"><p style="position: fixed">${value}</p></div>`,
  'filter after another': (value) => `<div style="filter: opacity(1) opacity(0)"><p>${value}</p></div>`,
  'the rest without a size': (value) =>
    `<p>${value.slice(0, 5)}<span style="font-size: 0">${value.slice(5)}</span></p>`,
  'field without a size of font': (value) => `<input style="font-size: 0" value="${value}">`,
  'closed dialog': (value) => `<dialog><p>${value}</p></dialog>`,
  attribute: (value) =>
    `<p data-token="${value}" title="${value}" aria-label="${value}">x</p><img alt="${value}" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">`,
  'script, style, comment, template': (value) =>
    `<script>window.s = '${value}'</script><style>/* ${value} */</style><!-- ${value} --><template><p>${value}</p></template><noscript>${value}</noscript>`,
  'hidden field': (value) => `<input type="hidden" value="${value}">`,
  'closed list': (value) => `<select style="width: 5em"><option>–</option><option>${value}</option></select>`,
  placeholder: (value) => `<input placeholder="${value}">`,
  'sandboxed frame': (value) => `<iframe sandbox srcdoc="<p>${value}</p>"></iframe>`,
  'beside the body': (value) =>
    `<script>const h = document.createElement('div'); h.textContent = '${value}'; document.documentElement.append(h)</script>`,
  'element of another extension': (value) => `<com-1password-menu>${value}</com-1password-menu>`,
  'shadow root of another extension': (
    value,
  ) => `<div id="h"></div><script>h.attachShadow({ mode: 'open' }).innerHTML =
    '<link rel="stylesheet" href="chrome-extension://abcdefghijklmnopabcdefghijklmnop/a.css"><p>${value}</p>'</script>`,
  'cut off': (value) => `<p>${value.slice(0, -4)}</p>`,
  'cut off before a button': (value) => `<p>${value.slice(0, -4)}<button>Show</button></p>`,
  'cut off before words': (value) => `<p>${value.slice(0, -4)} Show again</p>`,
  masked: (value) => `<p>${'•'.repeat(20)}${value.slice(-4)}</p>`,
};

for (const { name, address, make } of platforms) {
  test.describe(name, () => {
    for (const [place, page] of Object.entries(places)) {
      test(`takes a token ${place}`, async ({ show, recorder }) => {
        const value = make();
        await show(page(value), address);
        await expect.poll(async () => (await recorder.tokens()).map((token) => token.value)).toEqual([value]);
      });
    }

    for (const [place, page] of Object.entries(unseen)) {
      test(`does not take one that is unseen: ${place}`, { tag: '@waits' }, async ({ show, recorder }) => {
        const tab = await show(page(make()), address);
        // The control: seen after it, on the same page.
        const control = make();
        await tab.waitForTimeout(250);
        await tab.evaluate((value) => {
          const shown = document.createElement('p');
          shown.textContent = value;
          document.body.append(shown);
        }, control);
        await expect
          .poll(async () => (await recorder.tokens()).map((token) => token.value))
          .toContain(control);
        await tab.waitForTimeout(150);
        expect((await recorder.tokens()).map((token) => token.value)).toEqual([control]);
      });
    }
  });
}

test('a sign-in token is never taken, wherever it stands', async ({ show, recorder }) => {
  const session = redditSessionToken();
  const control = redditConversionToken();
  await show(
    `<p>${session}</p><input value="${session}"><textarea>${session}</textarea><script>var a = '${session}'</script>
     <p>${control}</p>`,
  );
  await expect.poll(recorder.tokens).toHaveLength(1);
  expect(JSON.stringify(await recorder.all())).toContain(control);
  expect(JSON.stringify(await recorder.all())).not.toContain(session);
});
