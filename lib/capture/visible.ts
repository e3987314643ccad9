import {
  attributeOf,
  bodyOf,
  isVisibleByEngine,
  matches,
  nameOf,
  rectOf,
  renderedParentOf,
  rootElementOf,
  scrollHeightOf,
  scrollLeftOf,
  scrollTopOf,
  scrollWidthOf,
  windowOf,
} from './dom';

/**
 * Whether a person could see what stands at a place: rendered, not transparent, not clipped away, not beyond what
 * scrolling reaches, not declared hidden. What is merely scrolled out of view counts as visible.
 */

const MIN_SIZE = 4; // px; smaller is a trick, not text
const MIN_OPACITY = 0.1;

interface Span {
  from: number;
  to: number;
}

interface Box {
  x: Span;
  y: Span;
}

const boxOf = ({ left, right, top, bottom }: DOMRectReadOnly): Box => ({
  x: { from: left, to: right },
  y: { from: top, to: bottom },
});

const overlap = (a: Span, b: Span): Span => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) });
const within = (a: Box, b: Box): Box => ({ x: overlap(a.x, b.x), y: overlap(a.y, b.y) });
const lengthOf = ({ from, to }: Span): number => to - from;
const isLarge = ({ x, y }: Box): boolean => lengthOf(x) >= MIN_SIZE && lengthOf(y) >= MIN_SIZE;

const styleOf = (element: Element): CSSStyleDeclaration | undefined =>
  windowOf(element)?.getComputedStyle(element);

/** Through how much of what surrounds it an element is seen: 1 is plainly, 0 not at all. Of one look, by element. */
export type Sight = Map<Element, number>;

/** Of an element that has a box of its own, such as a field. */
export const isElementVisible = (element: Element): boolean =>
  isUnveiled(element) &&
  Number.parseFloat(styleOf(element)?.fontSize ?? '') >= MIN_SIZE &&
  isWithinReach(element, rectOf(element), false);

const rectOfText = (text: Text): DOMRectReadOnly => {
  const range = new Range();
  range.selectNodeContents(text);
  return range.getBoundingClientRect();
};

/** Of a text node, given the element it stands in. */
export const isTextVisible = (text: Text, element: Element): boolean =>
  isUnveiled(element) &&
  !matches(element, 'details:not([open])') &&
  isWithinReach(element, rectOfText(text), true);

/**
 * Of a value that stands in several text nodes: none may be hidden, and one must be within reach. The others may be
 * cut off by a box that is too narrow, as by an ellipsis.
 */
export const areTextsVisible = (pieces: readonly { node: Text; element: Element }[]): boolean => {
  const sight: Sight = new Map();
  return (
    pieces.every(({ node, element }) => isUnveiled(element, sight) && rectOfText(node).height >= MIN_SIZE) &&
    pieces.some(({ node, element }) => isTextVisible(node, element))
  );
};

/** The engine's answer alone; cheap, and enough to leave out decoys between parts of a text. */
export const isRendered = (element: Element): boolean =>
  isVisibleByEngine(element, { visibilityProperty: true, opacityProperty: true }) || isBoxless(element);

/** Slots and `display: contents` have no box of their own, so the engine calls them invisible; what is in them is not. */
const isBoxless = (element: Element): boolean => {
  const style = styleOf(element);
  if (style?.display !== 'contents' || style.visibility !== 'visible') return false;
  const parent = renderedParentOf(element);
  return parent !== undefined && isRendered(parent);
};

/** Rendered, not transparent, not declared hidden, and not clipped to nothing. */
const isUnveiled = (element: Element, sight: Sight = new Map()): boolean =>
  isRendered(element) && opacityThrough(element, sight) >= MIN_OPACITY;

const opacityThrough = (element: Element, sight: Sight): number => {
  const known = sight.get(element);
  if (known !== undefined) return known;
  const own = ownOpacity(element);
  // The top layer is drawn over the page whatever its ancestors look like.
  const parent = isInTopLayer(element) ? undefined : renderedParentOf(element);
  const opacity = own === 0 || !parent ? own : own * opacityThrough(parent, sight);
  sight.set(element, opacity);
  return opacity;
};

const ownOpacity = (element: Element): number => {
  const style = styleOf(element);
  if (!style || attributeOf(element, 'aria-hidden') === 'true') return 0;
  // The engine tells it of what is beneath, but not of the element whose own text it is.
  if (style.contentVisibility === 'hidden') return 0;
  return hidesByFilter(style) ? 0 : Number.parseFloat(style.opacity) || 0;
};

const isInTopLayer = (element: Element): boolean => matches(element, ':modal, :popover-open');

/** Whether some of the box is left by all that cuts off, or can be brought into view by scrolling. */
const isWithinReach = (element: Element, rect: DOMRectReadOnly, insideElement: boolean): boolean => {
  const view = windowOf(element);
  if (!view) return false;
  let box = boxOf(rect);
  /** Which ancestors clip: those that hold the box as the layout sees it, not as the tree does. */
  let position: 'flow' | 'absolute' | 'fixed' = 'flow';

  for (let at: Element | undefined = element; at; at = renderedParentOf(at)) {
    const style = styleOf(at);
    if (!style) return false;
    box = shaped(box, at, style);
    const holds =
      position === 'flow' || containsFixed(style) || (position === 'absolute' && style.position !== 'static');
    if (holds) {
      const clips = (at !== element || insideElement) && !isPageScroller(at, rootElementOf(view.document));
      const clipped = clips ? clip(box, at, style) : box;
      if (!clipped) return false;
      box = clipped;
      position = style.position === 'fixed' ? 'fixed' : style.position === 'absolute' ? 'absolute' : 'flow';
    }
    if (!isLarge(box)) return false;
    if (isInTopLayer(at)) {
      position = 'fixed';
      break;
    }
  }
  return isReachable(box, view, position === 'fixed') && isFrameVisible(view);
};

const hidesByFilter = ({ filter }: CSSStyleDeclaration): boolean =>
  Array.from(filter.matchAll(/\bopacity\(([\d.]+)\)/g)).some(([, amount]) => Number(amount) < MIN_OPACITY);

const HOLDING = [
  'transform',
  'translate',
  'rotate',
  'scale',
  'filter',
  'backdropFilter',
  'perspective',
] as const;

const containsFixed = (style: CSSStyleDeclaration): boolean =>
  HOLDING.some((name) => style[name] !== 'none') ||
  /transform|filter|perspective|paint|layout|strict|content/.test(style.willChange + style.contain);

/** Overflow of these belongs to the window, see `isReachable`; the body's own only if the root element has none. */
const isPageScroller = (element: Element, root: Element | null): boolean =>
  element === root || (nameOf(element) === 'body' && (!root || styleOf(root)?.overflow === 'visible'));

const clip = (box: Box, element: Element, style: CSSStyleDeclaration): Box | undefined => {
  const { overflowX, overflowY, contain } = style;
  const isOpen = overflowX === 'visible' && overflowY === 'visible';
  if (isOpen && !/paint|strict|content/.test(contain)) return box;
  const own = boxOf(rectOf(element));
  if (isOpen) return within(box, own);
  const x = clipAxis(box.x, own.x, overflowX, scrollLeftOf(element), scrollWidthOf(element));
  const y = clipAxis(box.y, own.y, overflowY, scrollTopOf(element), scrollHeightOf(element));
  return x && y ? { x, y } : undefined;
};

/** `hidden` cuts off; a scroller can be scrolled, so what lies in its content is as visible as the scroller itself. */
const clipAxis = (
  span: Span,
  own: Span,
  overflow: string,
  scrolled: number,
  content: number,
): Span | undefined => {
  if (overflow === 'visible') return span;
  const shown = overlap(span, own);
  if (overflow !== 'auto' && overflow !== 'scroll') return shown;
  const start = span.from - own.from + scrolled;
  const end = start + lengthOf(span);
  // Right-to-left scrollers count downwards from zero.
  const reachable = scrolled < 0 || (end > 0 && start < content);
  if (!reachable) return undefined;
  return lengthOf(shown) >= MIN_SIZE ? shown : own;
};

/** What an element's shape leaves of a box: all where it has none that is known, nothing where it can't be reckoned. */
const shaped = (box: Box, element: Element, { clip, clipPath }: CSSStyleDeclaration): Box => {
  const [, shape, inner = ''] =
    /^(inset|circle|ellipse|polygon)\((.*)\)/.exec(clipPath) ?? /^(rect)\((.*)\)/.exec(clip) ?? [];
  if (!shape) return box;
  const { left, top, width, height } = rectOf(element);
  const pixels = (part: string | undefined, whole: number, otherwise = Number.NaN): number => {
    const amount = Number.parseFloat(part ?? '');
    if (Number.isNaN(amount)) return otherwise;
    return part?.endsWith('%') ? (amount / 100) * whole : amount;
  };
  const [before = '', place = ''] = inner.split(/\bat | round /);
  const wordsIn = (text: string): string[] => text.trim().split(/[\s,]+/);
  const words = wordsIn(before);
  const isRect = shape === 'rect';
  let points: [x: number, y: number][];
  if (shape === 'polygon') {
    points = inner
      .split(',')
      .map(wordsIn)
      .map(([x, y]) => [pixels(x, width), pixels(y, height)]);
  } else if (isRect || shape === 'inset') {
    const [up, right = up, down = up, back = right] = words;
    const [x, y] = [pixels(back, width, 0), pixels(up, height, 0)];
    const far = (part: string | undefined, whole: number): number =>
      isRect ? pixels(part, 0, whole) : whole - pixels(part, whole);
    points = [
      [x, y],
      [Math.max(x, far(right, width)), Math.max(y, far(down, height))],
    ];
  } else {
    const [across, along = across] = words;
    const [x, y] = wordsIn(place);
    points = [-1, 1].map((side) => [
      pixels(x, width, width / 2) + side * pixels(across, width, width / 2),
      pixels(y, height, height / 2) + side * pixels(along, height, height / 2),
    ]);
  }
  const span = (start: number, axis: 0 | 1): Span => {
    const values = points.map((point) => point[axis]);
    return { from: start + Math.min(...values), to: start + Math.max(...values) };
  };
  return within(box, { x: span(left, 0), y: span(top, 1) });
};

/** Within what the window shows or can be scrolled to. */
const isReachable = (box: Box, view: Window & typeof globalThis, fixed: boolean): boolean => {
  const root = rootElementOf(view.document);
  const body = bodyOf(view.document) ?? root;
  const style = root && styleOf(root);
  const bodyStyle = body && styleOf(body);
  if (!style || !bodyStyle) return false;
  const scrolls = (axis: 'overflowX' | 'overflowY'): boolean =>
    !fixed && !/hidden|clip/.test(style[axis] === 'visible' ? bodyStyle[axis] : style[axis]);
  // Right-to-left pages are scrolled to the left.
  const back = /rtl|-rl/.test(bodyStyle.direction + bodyStyle.writingMode);
  const left = (back ? view.innerWidth - scrollWidthOf(root) : 0) - view.scrollX;
  const x = scrolls('overflowX')
    ? { from: left, to: left + scrollWidthOf(root) }
    : { from: 0, to: view.innerWidth };
  const y = scrolls('overflowY')
    ? { from: -view.scrollY, to: scrollHeightOf(root) - view.scrollY }
    : { from: 0, to: view.innerHeight };
  return isLarge(within(box, { x, y }));
};

/** In a frame of the page's own origin, the frame must be visible too. */
const isFrameVisible = (view: Window): boolean => {
  if (view === view.top) return true;
  const frame = view.frameElement;
  return frame !== null && isElementVisible(frame);
};

type Colour = [red: number, green: number, blue: number, alpha: number];

const colourOf = (css: string): Colour | undefined => {
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(css)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  if (!parts) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  return [red, green, blue, alpha];
};

const luminance = ([red, green, blue]: Colour): number => {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const MIN_CONTRAST = 1.3;

/** True where text has nearly the colour of its ground. A warning only: grounds may be pictures or blends. */
export const isLowContrast = (element: Element): boolean => {
  const style = styleOf(element);
  const ink = style && colourOf(style.getPropertyValue('-webkit-text-fill-color') || style.color);
  if (!ink) return false;
  if (ink[3] < MIN_OPACITY) return true;
  for (let at: Element | undefined = element; at; at = renderedParentOf(at)) {
    const own = styleOf(at);
    if (own?.backgroundImage !== 'none') return false;
    const ground = colourOf(own.backgroundColor);
    if (!ground) return false;
    if (ground[3] < 0.5) continue;
    const [dark = 0, light = 0] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05) < MIN_CONTRAST;
  }
  return !matchMedia('(prefers-color-scheme: dark)').matches && luminance(ink) > 0.75;
};
