import { html, nothing, render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Block, Words } from '../case';
import { start } from './runtime';
import { type Drawn, isDrawn, mountAttribute, type Screen } from './screen';

type Content = TemplateResult | string | typeof nothing;

/** What a library of custom elements brings: a template for each thing on a page. */
export interface Templates {
  page(title: string, nav: string[], children: unknown): TemplateResult;
  heading(text: string): TemplateResult;
  text(text: string): TemplateResult;
  code(text: string): TemplateResult;
  labelled(label: string, value: string): TemplateResult;
  field(label: string, value: string, kind: 'input' | 'area' | 'password'): TemplateResult;
  table(columns: string[], rows: Content[][], selected?: number): TemplateResult;
  switcher(label: string, value: string, others: string[]): TemplateResult;
  button(text: string, click?: () => void): TemplateResult;
  dialog(open: boolean, title: string, children: Content): TemplateResult;
  popover(open: boolean, anchor: string, children: Content): TemplateResult;
}

const contentOf = (
  templates: Templates,
  words: Words,
  subject: Drawn,
  shown: boolean,
  show: () => void,
): Content => {
  if (!isDrawn(subject)) return nothing;
  if (!subject.byLibrary) return html`<div data-mount=${subject.index}></div>`;
  switch (subject.form) {
    case 'code':
      return templates.code(subject.text);
    case 'password':
      return html`${templates.field(words.tokenLabel, subject.text, shown ? 'input' : 'password')}
        ${templates.button(words.show, show)}`;
    case 'input':
    case 'area':
      return templates.field(words.tokenLabel, subject.text, subject.form);
    default:
      return templates.text(subject.text);
  }
};

const held = (templates: Templates, words: Words, subject: Drawn, value: Content): Content => {
  switch (subject.holder) {
    case 'dialog':
      return templates.dialog(
        isDrawn(subject),
        words.section,
        html`${templates.text(words.intro)} ${value} ${templates.button(words.copy)}`,
      );
    case 'popover':
      return templates.popover(isDrawn(subject), words.section, value);
    case 'tableCell':
      return templates.table(words.columns, [[words.tokenLabel, value, templates.button(words.copy)]]);
    default:
      return value;
  }
};

/** Draws every case with the templates of one library. */
export const startLit = (templates: Templates): void => {
  if (mountAttribute !== 'data-mount') throw new Error('The template names the attribute by hand.');
  void start((root, first) => {
    const shown = new Set<number>();
    let current = first;
    const one = (block: Block): Content => {
      switch (block.type) {
        case 'heading':
          return templates.heading(block.text);
        case 'text':
          return templates.text(block.text);
        case 'labelled':
          return templates.labelled(block.label, block.value);
        case 'field':
          return templates.field(block.label, block.value, 'input');
        case 'snippet':
          return templates.code(block.text);
        case 'table':
          return templates.table(block.columns, block.rows, block.selected);
        case 'switcher':
          return templates.switcher(block.label, block.value, block.others);
        case 'button':
          return templates.button(block.text);
        case 'subject': {
          const subject = current.subjects[block.subject];
          if (!subject) return nothing;
          const value = contentOf(templates, current.words, subject, shown.has(block.subject), () => {
            shown.add(block.subject);
            draw(current);
          });
          return held(templates, current.words, subject, value);
        }
      }
    };
    const draw = (screen: Screen): void => {
      current = screen;
      const { words, blocks, generation } = screen;
      const drawn = repeat(
        blocks,
        (_, index) => index,
        (block) => html`<div>${one(block)}</div>`,
      );
      render(html`${keyed(generation, templates.page(words.heading, words.nav, drawn))}`, root);
    };
    draw(first);
    // Custom elements draw themselves in a microtask.
    return async (screen) => {
      draw(screen);
      await Promise.resolve();
    };
  });
};
