import { attributeOf, renderedParentOf } from '../capture/dom';
import { isRendered } from '../capture/visible';
import { FIELD, type Field, isField, tiedLabelsOf } from './fields';
import { referredText, renderedAll, renderedText } from './tree';

/** What a field is called. Placeholders and names in the markup do not count: a person goes by labels. */

const DECORATION = /[\s:*]{1,9}$|\((?:required|optional)\)$/i;

/** Two labels that differ only in case, blanks and the mark of a required field are the same. */
export const plain = (label: string): string => {
  let text = label.normalize('NFKC').replace(/\s+/g, ' ').trim();
  while (DECORATION.test(text)) text = text.replace(DECORATION, '').trim();
  return text.toLowerCase();
};

const nativeLabels = (field: Field): string[] =>
  tiedLabelsOf(field).filter(isRendered).map(renderedText).filter(Boolean);

/** A label that the markup does not tie to its field: the text beside it, where nothing else has a field. */
const textBeside = (field: Field): string[] => {
  for (let at = renderedParentOf(field); at; at = renderedParentOf(at)) {
    if (renderedAll(at, FIELD).filter(isField).length > 1) return [];
    const text = renderedText(at);
    if (text) return [text];
  }
  return [];
};

/** Every name that the field goes by. */
export const labelsOf = (field: Field): string[] => {
  const names = [
    referredText(field, 'aria-labelledby'),
    attributeOf(field, 'aria-label')?.trim(),
    ...nativeLabels(field),
  ].flatMap((name) => name || []);
  return names.length > 0 ? names : textBeside(field);
};
