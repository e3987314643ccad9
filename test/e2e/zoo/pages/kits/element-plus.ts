import {
  ElButton,
  ElCard,
  ElDescriptions,
  ElDescriptionsItem,
  ElDialog,
  ElFormItem,
  ElInput,
  ElOption,
  ElPopover,
  ElSelect,
  ElTable,
  ElTableColumn,
  ElTabPane,
  ElTabs,
  ElTag,
  ElText,
} from 'element-plus';
import 'element-plus/dist/index.css';
import {
  type Component,
  createApp,
  defineComponent,
  nextTick,
  ref,
  shallowRef,
  type VNode,
  h as vueH,
} from 'vue';
import type { Block, Words } from '../../case';
import { start } from '../runtime';
import { type Drawn, isDrawn, mountAttribute, type Screen } from '../screen';

/** Element Plus's own types do not fit Vue's `h` under exact optional properties. */
const h = vueH as (type: string | Component, ...rest: unknown[]) => VNode;

const text = (content: string): VNode => h(ElText, { tag: 'p' }, () => content);

const field = (label: string, value: string, kind: 'input' | 'area' | 'password'): VNode =>
  h(ElFormItem, { label }, () =>
    h(ElInput, {
      modelValue: value,
      readonly: true,
      type: kind === 'area' ? 'textarea' : kind === 'password' ? 'password' : 'text',
    }),
  );

/** Shows its password when asked. */
const Password = defineComponent({
  props: {
    label: { type: String, required: true },
    value: { type: String, required: true },
    show: { type: String, required: true },
  },
  setup(props) {
    const shown = ref(false);
    return () => [
      field(props.label, props.value, shown.value ? 'input' : 'password'),
      h(ElButton, { onClick: () => (shown.value = true) }, () => props.show),
    ];
  },
});

const table = (columns: string[], rows: (string | VNode)[][], selected?: number): VNode =>
  h(
    ElTable,
    {
      data: rows.map((cells, row) => ({ cells, row })),
      rowClassName: ({ rowIndex }: { rowIndex: number }) => (rowIndex === selected ? 'current-row' : ''),
      border: true,
    },
    () => [
      ...(selected === undefined
        ? []
        : [
            h(
              ElTableColumn,
              { width: 50 },
              {
                default: ({ row }: { row: { row: number } }) =>
                  h('input', { type: 'radio', name: 'account', checked: row.row === selected }),
              },
            ),
          ]),
      ...columns.map((label, index) =>
        h(
          ElTableColumn,
          { label, key: label },
          {
            default: ({ row }: { row: { cells: (string | VNode)[] } }) => row.cells[index],
          },
        ),
      ),
    ],
  );

const contentOf = (words: Words, subject: Drawn): VNode | undefined => {
  if (!isDrawn(subject)) return undefined;
  if (!subject.byLibrary) return h('div', { [mountAttribute]: subject.index });
  switch (subject.form) {
    case 'code':
      return h(ElTag, { type: 'info' }, () => h('code', subject.text));
    case 'password':
      return h(Password, { label: words.tokenLabel, value: subject.text, show: words.show });
    case 'input':
    case 'area':
      return field(words.tokenLabel, subject.text, subject.form);
    default:
      return text(subject.text);
  }
};

const subjectOf = (words: Words, subject: Drawn): VNode | undefined => {
  switch (subject.holder) {
    case 'dialog':
      return h(ElDialog, { modelValue: isDrawn(subject), title: words.section }, () => [
        text(words.intro),
        contentOf(words, subject),
        h(ElButton, () => words.copy),
      ]);
    case 'popover':
      return h(
        ElPopover,
        { visible: isDrawn(subject), width: 420 },
        { reference: () => h(ElButton, () => words.section), default: () => contentOf(words, subject) },
      );
    case 'tableCell':
      return table(words.columns, [
        [words.tokenLabel, contentOf(words, subject) ?? '', h(ElButton, () => words.copy)],
      ]);
    default:
      return contentOf(words, subject);
  }
};

const blockOf = (block: Block, { words, subjects }: Screen): VNode | undefined => {
  switch (block.type) {
    case 'heading':
      return h('h2', block.text);
    case 'text':
      return text(block.text);
    case 'labelled':
      return h(ElDescriptions, { border: true }, () =>
        h(ElDescriptionsItem, { label: block.label }, () => block.value),
      );
    case 'field':
      return field(block.label, block.value, 'input');
    case 'snippet':
      return h('pre', block.text);
    case 'table':
      return table(block.columns, block.rows, block.selected);
    case 'switcher':
      return h('div', [
        h('span', block.label),
        h(ElSelect, { modelValue: block.value, style: 'width: 320px' }, () =>
          [block.value, ...block.others].map((account) =>
            h(ElOption, { key: account, label: account, value: account }),
          ),
        ),
      ]);
    case 'button':
      return h(ElButton, { type: 'primary' }, () => block.text);
    case 'subject': {
      const subject = subjects[block.subject];
      return subject && subjectOf(words, subject);
    }
  }
};

void start((root, first) => {
  const screen = shallowRef(first);
  const app = createApp({
    render: () =>
      h('div', { key: screen.value.generation }, [
        h('h1', screen.value.words.heading),
        h(ElTabs, { modelValue: screen.value.words.nav[0] ?? '' }, () =>
          screen.value.words.nav.map((label) => h(ElTabPane, { key: label, label, name: label })),
        ),
        h(ElCard, () =>
          screen.value.blocks.map((block, index) => h('div', { key: index }, [blockOf(block, screen.value)])),
        ),
      ]),
  });
  app.mount(root);
  return async (next) => {
    screen.value = next;
    await nextTick();
    // Tables and popovers lay themselves out one tick later.
    await nextTick();
  };
});
