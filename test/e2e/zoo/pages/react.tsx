import { type ComponentType, type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Block, Words } from '../case';
import { start } from './runtime';
import { type Drawn, isDrawn, mountAttribute, type Screen } from './screen';

/** What a React library brings: its own component for each thing on a page. */
export interface Parts {
  Page: ComponentType<{ title: string; nav: string[]; children: ReactNode }>;
  Heading: ComponentType<{ children: string }>;
  Text: ComponentType<{ children: ReactNode }>;
  Code: ComponentType<{ children: string }>;
  Labelled: ComponentType<{ label: string; children: string }>;
  Field: ComponentType<{ label: string; value: string; kind: 'input' | 'area' | 'password' }>;
  Table: ComponentType<{ columns: string[]; rows: ReactNode[][]; selected?: number | undefined }>;
  Switcher: ComponentType<{ label: string; value: string; others: string[] }>;
  Button: ComponentType<{ children: string; onClick?: () => void }>;
  Dialog: ComponentType<{ open: boolean; title: string; children: ReactNode }>;
  Popover: ComponentType<{ open: boolean; anchor: string; children: ReactNode }>;
}

const Password = ({
  parts: { Field, Button },
  words,
  value,
}: {
  parts: Parts;
  words: Words;
  value: string;
}) => {
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field label={words.tokenLabel} value={value} kind={shown ? 'input' : 'password'} />
      <Button onClick={() => setShown(true)}>{words.show}</Button>
    </>
  );
};

const Value = ({ parts, words, subject }: { parts: Parts; words: Words; subject: Drawn }) => {
  if (!isDrawn(subject)) return null;
  if (!subject.byLibrary) return <div {...{ [mountAttribute]: subject.index }} />;
  switch (subject.form) {
    case 'code':
      return <parts.Code>{subject.text}</parts.Code>;
    case 'password':
      return <Password parts={parts} words={words} value={subject.text} />;
    case 'input':
    case 'area':
      return <parts.Field label={words.tokenLabel} value={subject.text} kind={subject.form} />;
    default:
      return <parts.Text>{subject.text}</parts.Text>;
  }
};

const Subject = ({ parts, words, subject }: { parts: Parts; words: Words; subject: Drawn }) => {
  const value = <Value parts={parts} words={words} subject={subject} />;
  switch (subject.holder) {
    case 'dialog':
      return (
        <parts.Dialog open={isDrawn(subject)} title={words.section}>
          <parts.Text>{words.intro}</parts.Text>
          {value}
          <parts.Button>{words.copy}</parts.Button>
        </parts.Dialog>
      );
    case 'popover':
      return (
        <parts.Popover open={isDrawn(subject)} anchor={words.section}>
          {value}
        </parts.Popover>
      );
    case 'tableCell':
      return (
        <parts.Table
          columns={words.columns}
          rows={[[words.tokenLabel, value, <parts.Button key="copy">{words.copy}</parts.Button>]]}
        />
      );
    default:
      return value;
  }
};

const Drawing = ({ parts, screen: { words, blocks, subjects } }: { parts: Parts; screen: Screen }) => {
  const one = (block: Block): ReactNode => {
    switch (block.type) {
      case 'heading':
        return <parts.Heading>{block.text}</parts.Heading>;
      case 'text':
        return <parts.Text>{block.text}</parts.Text>;
      case 'labelled':
        return <parts.Labelled label={block.label}>{block.value}</parts.Labelled>;
      case 'field':
        return <parts.Field label={block.label} value={block.value} kind="input" />;
      case 'snippet':
        return <parts.Code>{block.text}</parts.Code>;
      case 'table':
        return <parts.Table columns={block.columns} rows={block.rows} selected={block.selected} />;
      case 'switcher':
        return <parts.Switcher label={block.label} value={block.value} others={block.others} />;
      case 'button':
        return <parts.Button>{block.text}</parts.Button>;
      case 'subject': {
        const subject = subjects[block.subject];
        return subject && <Subject parts={parts} words={words} subject={subject} />;
      }
    }
  };
  return (
    <parts.Page title={words.heading} nav={words.nav}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
        <div key={index}>{one(block)}</div>
      ))}
    </parts.Page>
  );
};

/** Draws every case with the parts of one React library, inside its provider. */
export const startReact = (
  parts: Parts,
  Provider: ComponentType<{ children: ReactNode }> = ({ children }) => children,
): void => {
  void start((root, first) => {
    const reactRoot = createRoot(root);
    const draw = (screen: Screen): void =>
      flushSync(() =>
        reactRoot.render(
          <Provider key={screen.generation}>
            <Drawing parts={parts} screen={screen} />
          </Provider>,
        ),
      );
    draw(first);
    return draw;
  });
};
