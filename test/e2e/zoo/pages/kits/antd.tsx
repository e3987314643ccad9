import {
  Button,
  Card,
  ConfigProvider,
  Descriptions,
  Form,
  Input,
  Modal,
  Popover,
  Select,
  Space,
  Table,
  Tabs,
  Typography,
} from 'antd';
import { startReact } from '../react';

startReact(
  {
    Page: ({ title, nav, children }) => (
      <>
        <Typography.Title>{title}</Typography.Title>
        <Tabs items={nav.map((item) => ({ key: item, label: item }))} />
        <Card>{children}</Card>
      </>
    ),
    Heading: ({ children }) => <Typography.Title level={4}>{children}</Typography.Title>,
    Text: ({ children }) => (
      <Typography.Paragraph copyable={typeof children === 'string'}>{children}</Typography.Paragraph>
    ),
    Code: ({ children }) => <Typography.Text code>{children}</Typography.Text>,
    Labelled: ({ label, children }) => <Descriptions bordered items={[{ key: label, label, children }]} />,
    Field: ({ label, value, kind }) => (
      <Form.Item label={label}>
        {kind === 'area' && <Input.TextArea value={value} readOnly autoSize />}
        {kind === 'password' && <Input.Password value={value} readOnly />}
        {kind === 'input' && <Input value={value} readOnly />}
      </Form.Item>
    ),
    Table: ({ columns, rows, selected }) => (
      <Table
        pagination={false}
        columns={columns.map((title, index) => ({ title, dataIndex: `c${index}` }))}
        dataSource={rows.map((cells, row) => ({
          key: row,
          ...Object.fromEntries(cells.map((cell, index) => [`c${index}`, cell])),
        }))}
        {...(selected !== undefined && { rowSelection: { type: 'radio', selectedRowKeys: [selected] } })}
      />
    ),
    Switcher: ({ label, value, others }) => (
      <Space>
        <Typography.Text type="secondary">{label}</Typography.Text>
        <Select
          value={value}
          options={[value, ...others].map((account) => ({ value: account, label: account }))}
        />
      </Space>
    ),
    Button: ({ children, onClick }) => (
      <Button type="primary" {...(onClick && { onClick })}>
        {children}
      </Button>
    ),
    Dialog: ({ open, title, children }) => (
      <Modal open={open} title={title} footer={null}>
        {children}
      </Modal>
    ),
    Popover: ({ open, anchor, children }) => (
      <Popover
        open={open}
        content={<div style={{ maxWidth: 400, overflowWrap: 'anywhere' }}>{children}</div>}
      >
        <Button>{anchor}</Button>
      </Popover>
    ),
  },
  // Ant Design puts a blank between two Chinese characters of a button, which the runner could not find again.
  ({ children }) => <ConfigProvider button={{ autoInsertSpace: false }}>{children}</ConfigProvider>,
);
