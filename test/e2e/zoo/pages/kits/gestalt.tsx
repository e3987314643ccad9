import {
  Box,
  Button,
  Datapoint,
  Flex,
  Heading,
  Layer,
  Modal,
  Popover,
  SelectList,
  Table,
  Tabs,
  Text,
  TextArea,
  TextField,
} from 'gestalt';
import { useEffect, useRef, useState } from 'react';
import 'gestalt/dist/gestalt.css';
import { startReact } from '../react';

const ignore = (): void => {};

startReact({
  Page: ({ title, nav, children }) => (
    <Box padding={4}>
      <Heading size="600">{title}</Heading>
      <Tabs activeTabIndex={0} onChange={ignore} tabs={nav.map((text) => ({ href: '#', text }))} />
      <Box rounding={4} borderStyle="sm" padding={4}>
        {children}
      </Box>
    </Box>
  ),
  Heading: ({ children }) => <Heading size="400">{children}</Heading>,
  Text: ({ children }) => <Text overflow="breakWord">{children}</Text>,
  Code: ({ children }) => (
    <Box color="secondary" padding={2}>
      <Text inline size="200" overflow="breakWord">
        {children}
      </Text>
    </Box>
  ),
  Labelled: ({ label, children }) => <Datapoint title={label} value={children} />,
  Field: ({ label, value, kind }) => {
    if (kind === 'area')
      return <TextArea id={label} label={label} value={value} readOnly onChange={ignore} />;
    return (
      <TextField
        id={label}
        label={label}
        value={value}
        type={kind === 'password' ? 'password' : 'text'}
        readOnly
        onChange={ignore}
      />
    );
  },
  Table: ({ columns, rows, selected }) => (
    <Table accessibilityLabel={columns[0] ?? ''}>
      <Table.Header>
        <Table.Row>
          {columns.map((column) => (
            <Table.HeaderCell key={column}>
              <Text weight="bold">{column}</Text>
            </Table.HeaderCell>
          ))}
          {selected !== undefined && <Table.HeaderCell> </Table.HeaderCell>}
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {rows.map((cells, row) => (
          <Table.Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            key={row}
            {...(selected !== undefined && { selected: row === selected ? 'selected' : 'unselected' })}
          >
            {cells.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
              <Table.Cell key={column}>{typeof cell === 'string' ? <Text>{cell}</Text> : cell}</Table.Cell>
            ))}
            {selected !== undefined && (
              <Table.Cell>
                <input type="radio" checked={row === selected} readOnly />
              </Table.Cell>
            )}
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
  ),
  Switcher: ({ label, value, others }) => (
    <Flex gap={2} alignItems="center">
      <Text>{label}</Text>
      <SelectList id="account" label={label} labelDisplay="hidden" value={value} onChange={ignore}>
        {[value, ...others].map((account) => (
          <SelectList.Option key={account} label={account} value={account} />
        ))}
      </SelectList>
    </Flex>
  ),
  Button: ({ children, onClick }) => <Button text={children} color="red" {...(onClick && { onClick })} />,
  Dialog: ({ open, title, children }) =>
    open ? (
      <Layer>
        <Modal accessibilityModalLabel={title} heading={title} onDismiss={ignore}>
          {children}
        </Modal>
      </Layer>
    ) : null,
  Popover: ({ open, anchor, children }) => {
    const box = useRef<HTMLDivElement>(null);
    const [ready, setReady] = useState(false);
    useEffect(() => setReady(true), []);
    return (
      <>
        <Box ref={box} display="inlineBlock">
          <Text>{anchor}</Text>
        </Box>
        {open && ready && (
          <Popover anchor={box.current} onDismiss={ignore} shouldFocus={false} size="xl">
            {/* Its ink is white by itself, as its ground is. */}
            <Box padding={3}>
              <Text color="dark">{children}</Text>
            </Box>
          </Popover>
        )}
      </>
    );
  },
});
