import { useRef } from 'react';
import {
  Button,
  Cell,
  Column,
  Dialog,
  Heading,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  Popover,
  Row,
  Select,
  SelectValue,
  Tab,
  TabList,
  Table,
  TableBody,
  TableHeader,
  Tabs,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';
import { startReact } from '../react';

startReact({
  Page: ({ title, nav, children }) => (
    <main>
      <Heading level={1}>{title}</Heading>
      <Tabs>
        <TabList aria-label={title}>
          {nav.map((item) => (
            <Tab key={item} id={item}>
              {item}
            </Tab>
          ))}
        </TabList>
      </Tabs>
      {children}
    </main>
  ),
  Heading: ({ children }) => <Heading level={2}>{children}</Heading>,
  Text: ({ children }) => <Text elementType="p">{children}</Text>,
  Code: ({ children }) => (
    <pre>
      <code>{children}</code>
    </pre>
  ),
  Labelled: ({ label, children }) => (
    <fieldset aria-label={label}>
      <Label>{label}</Label>
      <output>{children}</output>
    </fieldset>
  ),
  Field: ({ label, value, kind }) => (
    <TextField value={value} type={kind === 'password' ? 'password' : 'text'} isReadOnly>
      <Label>{label}</Label>
      {kind === 'area' ? <TextArea /> : <Input />}
    </TextField>
  ),
  Table: ({ columns, rows, selected }) => (
    <Table
      aria-label={columns[0] ?? ''}
      {...(selected !== undefined && { selectionMode: 'single', selectedKeys: [selected] })}
    >
      <TableHeader>
        {columns.map((column, index) => (
          <Column key={column} isRowHeader={index === 0}>
            {column}
          </Column>
        ))}
      </TableHeader>
      <TableBody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
          <Row key={row} id={row}>
            {cells.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
              <Cell key={column}>{cell}</Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
  ),
  Switcher: ({ label, value, others }) => (
    <Select value={value}>
      <Label>{label}</Label>
      <Button>
        <SelectValue />
      </Button>
      <Popover>
        <ListBox>
          {[value, ...others].map((account) => (
            <ListBoxItem key={account} id={account}>
              {account}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  ),
  Button: ({ children, onClick }) => <Button {...(onClick && { onPress: onClick })}>{children}</Button>,
  Dialog: ({ open, title, children }) => (
    <ModalOverlay isOpen={open} style={{ position: 'fixed', inset: 0, background: 'rgb(0 0 0 / 40%)' }}>
      <Modal style={{ background: 'white', margin: 40 }}>
        <Dialog>
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  ),
  Popover: ({ open, anchor, children }) => {
    const button = useRef<HTMLButtonElement>(null);
    return (
      <>
        <Button ref={button}>{anchor}</Button>
        <Popover isOpen={open} triggerRef={button} style={{ background: 'white', maxWidth: 500 }}>
          <Dialog aria-label={anchor}>{children}</Dialog>
        </Popover>
      </>
    );
  },
});
