/**
 * Forms that are nearly Upstack's. Each is the good one with a single thing changed, so that what is refused is refused
 * for that thing. `code`: the fault that must be named.
 */
export interface Variant {
  html: string;
  code: string;
  job?: 'rotate';
  /** The value is put in, spoiled by the page, and taken out again: it may be seen for a moment. */
  passing?: true;
}

interface Parts {
  heading?: string;
  before?: string;
  pixel?: string;
  token?: string;
  after?: string;
  form?: string;
  dialog?: string;
  end?: string;
}

const TOKEN_LABEL = 'Conversions API access token';

export const form = ({
  heading = '<h2 id="t">Configure Reddit</h2>',
  before = '',
  pixel = '<label for="p">Pixel ID</label><input id="p">',
  token = `<label for="c">${TOKEN_LABEL}</label><input id="c">`,
  after = '<button type="button">Create Configuration</button>',
  form: attributes = '',
  dialog = 'role="dialog" aria-labelledby="t"',
  end = '',
}: Parts = {}): string =>
  `<!doctype html><title>x</title><main><h1>Event Destinations</h1><div ${dialog}>${heading}<form ${attributes}>${before}${pixel}${token}${after}</form></div></main>${end}`;

const tokenWith = (attributes: string): string =>
  form({ token: `<label for="c">${TOKEN_LABEL}</label><input id="c" ${attributes}>` });
const tokenIn = (wrapper: string): string =>
  form({ token: `<label for="c">${TOKEN_LABEL}</label><div ${wrapper}><input id="c"></div>` });
const pixelWith = (attributes: string): string =>
  form({ pixel: `<label for="p">Pixel ID</label><input id="p" ${attributes}>` });
const script = (code: string): string => `<script>${code}</script>`;

const unseen: Record<string, string> = {
  'display: none': 'display:none',
  'visibility: hidden': 'visibility:hidden',
  'no opacity': 'opacity:0',
  'nearly no opacity': 'opacity:.04',
  'no size': 'width:0;height:0;padding:0;border:0',
  'one pixel': 'width:1px;height:1px;padding:0;border:0',
  'far to the left': 'position:absolute;left:-9999px',
  'far above': 'position:fixed;top:-9999px',
  'far to the right': 'position:fixed;left:9999px',
  'moved away': 'transform:translateX(-300vw)',
  'shrunk to nothing': 'transform:scale(0)',
  'clipped by a path': 'clip-path:inset(50%)',
  'clipped by a rectangle': 'position:absolute;clip:rect(0 0 0 0)',
  'a filter': 'filter:opacity(0)',
  'a thin line': 'height:6px;padding:0;border:0',
  'a mask': 'mask-image:linear-gradient(transparent,transparent)',
  'clipped by a circle elsewhere': 'clip-path:circle(20px at -500px -500px)',
  'a filter that draws nothing': 'filter:url(#nothing)',
};

const hiddenFields = Object.fromEntries(
  Object.entries(unseen).map(([how, style]): [string, Variant] => [
    `the token's field unseen: ${how}`,
    { html: tokenWith(`style="${style}"`), code: 'missing' },
  ]),
);

const hiddenParents = Object.fromEntries(
  (
    [
      ['display: none', 'style="display:none"'],
      ['no opacity', 'style="opacity:0"'],
      ['no height', 'style="height:0;overflow:hidden"'],
      ['content-visibility', 'style="content-visibility:hidden"'],
      ['the hidden attribute', 'hidden'],
      ['aria-hidden', 'aria-hidden="true"'],
    ] as const
  ).map(([how, wrapper]): [string, Variant] => [
    `what holds the token's field unseen: ${how}`,
    { html: tokenIn(wrapper), code: 'missing' },
  ]),
);

const hiddenPixel = Object.fromEntries(
  ['no opacity', 'far to the left', 'display: none'].map((how): [string, Variant] => [
    `the pixel's field unseen: ${how}`,
    { html: pixelWith(`style="${unseen[how]}"`), code: 'missing' },
  ]),
);

const overlay = 'position:fixed;inset:0;background:#fff;z-index:9';

export const hostile: Record<string, Variant> = {
  ...hiddenFields,
  ...hiddenParents,
  ...hiddenPixel,

  // Something over it
  'a sheet over everything': { html: form({ end: `<div style="${overlay}"></div>` }), code: 'covered' },
  'a sheet over the token alone': {
    html: tokenIn('style="position:relative"').replace(
      '<input id="c"></div>',
      '<input id="c"><i style="position:absolute;inset:0;background:#eee"></i></div>',
    ),
    code: 'covered',
  },
  'a decoy field over the token': {
    html: tokenIn('style="position:relative"').replace(
      '<input id="c"></div>',
      '<input id="c"><input aria-label="Search" style="position:absolute;inset:0"></div>',
    ),
    code: 'covered',
  },
  'a modal dialog over the form': {
    html: form({
      dialog: '',
      end: `<dialog id="d" style="width:90vw;height:90vh">Wait</dialog>${script('d.showModal()')}`,
    }),
    code: 'covered',
  },

  // Not to be written to
  'the token disabled': { html: tokenWith('disabled'), code: 'closed' },
  'the token read-only': { html: tokenWith('readonly'), code: 'closed' },
  'the token read-only for screen readers': { html: tokenWith('aria-readonly="true"'), code: 'closed' },
  'the token disabled for screen readers': { html: tokenWith('aria-disabled="true"'), code: 'closed' },
  'the token in a disabled set': {
    html: form({
      token: `<fieldset disabled><label for="c">${TOKEN_LABEL}</label><input id="c"></fieldset>`,
    }),
    code: 'closed',
  },
  'the pixel disabled in a new form': { html: pixelWith('disabled'), code: 'closed' },
  'the pixel read-only in a new form': { html: pixelWith('readonly'), code: 'closed' },
  'a number field for the token': { html: tokenWith('type="number"'), code: 'closed' },
  'an address field for the token': { html: tokenWith('type="url"'), code: 'closed' },
  'a search field for the token': { html: tokenWith('type="search"'), code: 'missing' },
  'an e-mail field for the token': { html: tokenWith('type="email"'), code: 'missing' },
  'a file field for the token': { html: tokenWith('type="file"'), code: 'missing' },
  'a hidden field for the token': { html: tokenWith('type="hidden"'), code: 'missing' },
  'an editable area for the token': {
    html: form({
      token: `<span id="l">${TOKEN_LABEL}</span><div contenteditable aria-labelledby="l" style="height:2em"></div>`,
    }),
    code: 'missing',
  },
  'a closed shadow root': {
    html: form({
      token: `<div id="h"></div>${script(`h.attachShadow({mode:'closed'}).innerHTML='<label for=c>${TOKEN_LABEL}</label><input id=c>'`)}`,
    }),
    code: 'missing',
  },

  // Several
  'two fields for the token': {
    html: form({ after: `<label for="c2">${TOKEN_LABEL}</label><input id="c2">` }),
    code: 'several',
  },
  'two fields for the pixel': {
    html: form({ after: '<label for="p2">Pixel ID</label><input id="p2">' }),
    code: 'several',
  },
  'a second token field by its ARIA name': {
    html: form({ after: `<input aria-label="${TOKEN_LABEL}">` }),
    code: 'several',
  },
  'a second token field in another form': {
    html: form({ end: `<form><label for="c2">${TOKEN_LABEL}</label><input id="c2"></form>` }),
    code: 'several',
  },
  'a second token field in a shadow root': {
    html: form({
      end: `<div id="h"></div>${script(`h.attachShadow({mode:'open'}).innerHTML='<label for=c>${TOKEN_LABEL}</label><input id=c>'`)}`,
    }),
    code: 'several',
  },
  "a password manager's field beside it": {
    html: form({ after: `<label>${TOKEN_LABEL}<input type="password" autocomplete="new-password"></label>` }),
    code: 'several',
  },
  'a second token field that is disabled': {
    html: form({ after: `<label for="c2">${TOKEN_LABEL}</label><input id="c2" disabled>` }),
    code: 'several',
  },

  // Names
  'a label that nobody sees': {
    html: form({
      token: `<div>Your nickname <label for="c" style="display:none">${TOKEN_LABEL}</label><input id="c"></div>`,
    }),
    code: 'missing',
  },
  'no label, only a placeholder': {
    html: form({ token: `<input id="c" placeholder="${TOKEN_LABEL}">` }),
    code: 'missing',
  },
  'no label, only a name in the markup': {
    html: form({ token: '<input id="c" name="conversions_api_access_token">' }),
    code: 'missing',
  },
  'another label': {
    html: form({ token: '<label for="c">Password</label><input id="c">' }),
    code: 'missing',
  },
  'a label with more words': {
    html: form({ token: `<label for="c">${TOKEN_LABEL} of your partner</label><input id="c">` }),
    code: 'missing',
  },
  'a label in look-alike letters': {
    html: form({ token: '<label for="c">Conversions АPI access token</label><input id="c">' }),
    code: 'missing',
  },
  'a label that says one thing and ARIA another': {
    html: form({
      token: `<label for="c">Comment, shown to everybody</label><input id="c" aria-label="${TOKEN_LABEL}">`,
    }),
    code: 'missing',
  },
  'the label of another field': {
    html: form({ token: `<label for="elsewhere">${TOKEN_LABEL}</label><input id="c" aria-label="Notes">` }),
    code: 'missing',
  },
  'no pixel field at all': { html: form({ pixel: '' }), code: 'missing' },
  'no token field at all': { html: form({ token: '' }), code: 'missing' },

  // Whose form
  "another platform's form": {
    html: form({ heading: '<h2 id="t">Configure Facebook</h2>' }),
    code: 'otherForm',
  },
  "the other platform's form": {
    html: form({ heading: '<h2 id="t">Configure Pinterest</h2>' }),
    code: 'otherForm',
  },
  'a form that names nobody': { html: form({ heading: '<h2 id="t">Configure</h2>' }), code: 'otherForm' },
  'a form that names two': {
    html: form({ heading: '<h2 id="t">Reddit and TikTok</h2>' }),
    code: 'otherForm',
  },
  'a name that nobody sees': {
    html: form({
      heading: '<h2 id="x" style="display:none">Configure Reddit</h2>',
      dialog: 'role="dialog"',
    }),
    code: 'otherForm',
  },
  'a name within another word': {
    html: form({ heading: '<h2 id="t">Configure Redditors</h2>' }),
    code: 'otherForm',
  },
  'a name outside of the dialog': {
    html: form({ heading: '', dialog: 'role="dialog"' }).replace(
      '<h1>Event Destinations</h1>',
      '<h1>Reddit</h1>',
    ),
    code: 'otherForm',
  },
  'fields of two forms': {
    html: form({
      token: `</form><form><label for="c">${TOKEN_LABEL}</label><input id="c">`,
    }),
    code: 'scattered',
  },
  'fields of two dialogs': {
    html: form({
      token: '',
      end: `<div role="dialog" aria-label="Configure Reddit"><label for="c">${TOKEN_LABEL}</label><input id="c"></div>`,
    }),
    code: 'scattered',
  },

  // Where it would go
  'sent to another site': {
    html: form({ form: 'action="https://evil.example/take"' }),
    code: 'sentElsewhere',
  },
  'sent in the clear': {
    html: form({ form: 'action="http://app.upstackdata.com/take"' }),
    code: 'sentElsewhere',
  },
  'sent to a script': { html: form({ form: 'action="javascript:0"' }), code: 'sentElsewhere' },
  'sent to another site by its button': {
    html: form({ after: '<button formaction="https://evil.example/">Create Configuration</button>' }),
    code: 'sentElsewhere',
  },
  'sent to another site by the base address': {
    html: form({ form: 'action="take"' }).replace('<main>', '<base href="https://evil.example/"><main>'),
    code: 'sentElsewhere',
  },
  'owned by a form that is sent to another site': {
    html: form({
      token: `<label for="c">${TOKEN_LABEL}</label><input id="c" form="evil">`,
      end: '<form id="evil" action="https://evil.example/take"></form>',
    }),
    code: 'scattered',
  },
  'owned as a whole by a form that is sent to another site': {
    html: form({ end: '<form id="evil" action="https://evil.example/take"></form>' }).replaceAll(
      '<input ',
      '<input form="evil" ',
    ),
    code: 'sentElsewhere',
  },
  'sent to another site by a button outside': {
    html: form({
      form: 'id="f"',
      end: '<button form="f" formaction="https://evil.example/">Create Configuration</button>',
    }),
    code: 'sentElsewhere',
  },

  // What stands in it
  'another pixel in it': { html: pixelWith('value="a2_zzzzzzzzzzzz"'), code: 'occupied' },
  'another token in it': { html: tokenWith('value="••••••••abcd"'), code: 'occupied' },
  'too short for a token': { html: tokenWith('maxlength="60"'), code: 'short' },
  "another destination's form, at a rotation": {
    html: pixelWith('value="a2_zzzzzzzzzzzz"'),
    code: 'differs',
    job: 'rotate',
  },
  'no pixel in it, at a rotation': { html: form(), code: 'differs', job: 'rotate' },

  // In frames
  'a frame of the same origin': {
    html: `<!doctype html><title>x</title><h1>Reddit</h1><iframe src="/inner" style="width:600px;height:400px"></iframe>`,
    code: 'missing',
  },
  'a frame with its own text': {
    html: `<!doctype html><title>x</title><h1>Reddit</h1><iframe style="width:600px;height:400px" srcdoc='${form().replaceAll("'", '&#39;')}'></iframe>`,
    code: 'missing',
  },

  // Changing between reading and filling
  'the token hides when the pixel is put in': {
    html: form({ end: script("p.oninput=()=>{c.style.display='none'}") }),
    code: 'changed',
  },
  'the token is exchanged when the pixel is put in': {
    html: form({ end: script('p.oninput=()=>{c.replaceWith(c.cloneNode())}') }),
    code: 'changed',
  },
  'a second token field appears': {
    html: form({
      end: script(
        `p.oninput=()=>{c.insertAdjacentHTML('afterend','<label for=c2>${TOKEN_LABEL}</label><input id=c2>')}`,
      ),
    }),
    code: 'changed',
  },
  'the labels change places': {
    html: form({
      end: script(
        "p.oninput=()=>{const [a,b]=document.querySelectorAll('label');[a.htmlFor,b.htmlFor]=[b.htmlFor,a.htmlFor]}",
      ),
    }),
    code: 'changed',
  },
  'the form turns into another platform’s': {
    html: form({ end: script("p.onfocus=()=>{t.textContent='Configure Facebook'}") }),
    code: 'changed',
  },
  'the form is sent elsewhere when the token’s field is entered': {
    html: form({ end: script("c.onfocus=()=>{document.forms[0].action='https://evil.example/'}") }),
    code: 'changed',
  },
  'the token’s field hides when it is entered': {
    html: form({ end: script("c.onfocus=()=>{c.style.opacity='0'}") }),
    code: 'changed',
  },
  'the form is sent elsewhere from now on': {
    html: form({ end: script("p.onfocus=()=>{document.forms[0].action='https://evil.example/'}") }),
    code: 'changed',
  },
  'a sheet comes over it': {
    html: form({
      end: script(
        `p.onfocus=()=>{document.body.insertAdjacentHTML('beforeend','<div style="${overlay}"></div>')}`,
      ),
    }),
    code: 'changed',
  },
  'the form vanishes': {
    html: form({ end: script('p.oninput=()=>{document.forms[0].remove()}') }),
    code: 'changed',
  },
  'the pixel does not stay': {
    html: form({ end: script("p.oninput=()=>{p.value='a2_zzzzzzzzzzzz'}") }),
    code: 'notTaken',
  },
  'the token does not stay': {
    html: form({ end: script('c.oninput=()=>{c.value=c.value.toUpperCase()}') }),
    code: 'notTaken',
    passing: true,
  },
  'the token is cut': {
    html: form({ end: script('c.oninput=()=>{c.value=c.value.slice(0,100)}') }),
    code: 'notTaken',
    passing: true,
  },
};

/** The same in other shapes that are fine: who refuses everything has proven nothing. */
export const good: Record<string, string> = {
  'labels by their attribute': form(),
  'labels around their fields': form({
    pixel: '<label>Pixel ID <input></label>',
    token: `<label>${TOKEN_LABEL} * <input></label>`,
  }),
  'labels beside their fields': form({
    pixel: '<div><p>Pixel ID</p><input></div>',
    token: `<div><p>${TOKEN_LABEL} (required)</p><input></div>`,
  }),
  'a text area and a password field': form({
    pixel: '<label for="p">Reddit Pixel ID:</label><textarea id="p"></textarea>',
    token: `<label for="c">${TOKEN_LABEL}</label><input id="c" type="password">`,
  }),
  'an open shadow root': form({
    token: `<div id="h"></div>${script(`h.attachShadow({mode:'open'}).innerHTML='<label for=c>${TOKEN_LABEL}</label><input id=c>'`)}`,
  }),
  'a hidden twin, which nobody sees': form({
    after: `<label for="c2" hidden>${TOKEN_LABEL}</label><input id="c2" style="display:none">`,
  }),
  'a picture for a heading': form({
    heading: '<img alt="Reddit logo" width="20" height="20" src="data:,">',
    dialog: 'role="dialog"',
  }),
  'a form whose controls bear the names of what we ask': form({
    before: [
      'matches',
      'getAttribute',
      'parentNode',
      'querySelectorAll',
      'children',
      'shadowRoot',
      'contains',
    ]
      .map((name) => `<input type="hidden" name="${name}">`)
      .join(''),
  }),
  'far down on the page': form({ before: '<div style="height:3000px"></div>' }),
};
