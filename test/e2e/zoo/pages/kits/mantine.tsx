import {
  Button,
  Card,
  Code,
  Group,
  MantineProvider,
  Modal,
  NavLink,
  PasswordInput,
  Popover,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import '@mantine/core/styles.css';
import { startReact } from '../react';

startReact(
  {
    Page: ({ title, nav, children }) => (
      <Stack>
        <Title order={1}>{title}</Title>
        <Group>
          {nav.map((item) => (
            <NavLink key={item} label={item} w="auto" />
          ))}
        </Group>
        <Card withBorder>{children}</Card>
      </Stack>
    ),
    Heading: ({ children }) => <Title order={3}>{children}</Title>,
    Text: ({ children }) => (
      <Text component="div" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    ),
    Code: ({ children }) => <Code block>{children}</Code>,
    Labelled: ({ label, children }) => (
      <Group gap="xs">
        <Text fw={700}>{label}</Text>
        <Text>{children}</Text>
      </Group>
    ),
    Field: ({ label, value, kind }) => {
      if (kind === 'area') return <Textarea label={label} value={value} readOnly autosize />;
      if (kind === 'password') return <PasswordInput label={label} value={value} readOnly />;
      return <TextInput label={label} value={value} readOnly />;
    },
    Table: ({ columns, rows, selected }) => (
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells, row) => (
            <Table.Tr
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
              key={row}
              {...(row === selected && { 'aria-selected': true, bg: 'var(--mantine-color-blue-light)' })}
            >
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
                <Table.Td key={column}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    ),
    Switcher: ({ label, value, others }) => (
      <Group>
        <Text span>{label}</Text>
        <Select aria-label={label} value={value} data={[value, ...others]} w={320} />
      </Group>
    ),
    Button: ({ children, onClick }) => <Button {...(onClick && { onClick })}>{children}</Button>,
    Dialog: ({ open, title, children }) => (
      <Modal opened={open} onClose={() => {}} title={title}>
        {children}
      </Modal>
    ),
    Popover: ({ open, anchor, children }) => (
      <Popover opened={open}>
        <Popover.Target>
          <Button variant="default">{anchor}</Button>
        </Popover.Target>
        <Popover.Dropdown>{children}</Popover.Dropdown>
      </Popover>
    ),
  },
  ({ children }) => <MantineProvider>{children}</MantineProvider>,
);
